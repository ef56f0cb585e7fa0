/**
 * Builds what a saved web page contains: one style sheet, and one script for each language, with nothing to load.
 * `--mode` is the language.
 */

import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { licences } from './build-plugins/licences.ts';
import page from './vite.config.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const LANGUAGES = ['en', 'zh'];

/** Leaves out the words of the other language: each module of them has those of this language in its place. */
function only(language: string): Plugin {
  const [other = ''] = LANGUAGES.filter((one) => one !== language);
  const place = new RegExp(`/src/texts/${other}/(\\w+)\\.ts$`);
  return {
    name: 'only-one-language',
    enforce: 'pre',
    load(id) {
      const [, name] = place.exec(id) ?? [];
      if (name === undefined) return null;
      return name === 'index'
        ? `export { ${language} as ${other} } from '../${language}';`
        : `export * from '../${language}/${name}';`;
    },
  };
}

export default defineConfig(({ mode: language }) => {
  if (!LANGUAGES.includes(language)) throw new Error(`No words are in the language ${language}; use --mode en or zh.`);
  return {
    root,
    base: './',
    plugins: [only(language), licences(root).later],
    define: { 'process.env.NODE_ENV': '"production"' },
    // The fonts were made for the page, which is built before.
    resolve: { ...page.resolve, alias: { ...page.resolve?.alias, '@fonts': `${root}node_modules/.fonts` } },
    build: {
      target: page.build?.target,
      outDir: 'dist',
      emptyOutDir: false,
      cssCodeSplit: false,
      // Fonts are a part of the style sheet.
      assetsInlineLimit: Number.POSITIVE_INFINITY,
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        input: `${root}src/saved.tsx`,
        output: {
          codeSplitting: false,
          entryFileNames: `saved/${language}.js`,
          assetFileNames: 'saved/page[extname]',
        },
      },
    },
  };
});
