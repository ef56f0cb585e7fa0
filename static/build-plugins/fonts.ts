/** Subsets the fonts before anything else is built: a few dozen glyphs instead of several thousand. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';
import { MATH_GLYPHS, TEXT_GLYPHS } from './glyphs.ts';

interface Face {
  file: string;
  from: string;
  glyphs: string;
  weight?: { min: number; max: number } | number;
}

export const FACES: readonly Face[] = [
  {
    file: 'math.woff2',
    from: '@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2',
    glyphs: MATH_GLYPHS,
  },
  {
    file: 'serif.woff2',
    from: '@fontsource-variable/stix-two-text/files/stix-two-text-latin-wght-normal.woff2',
    glyphs: TEXT_GLYPHS,
    weight: 400,
  },
  {
    file: 'sans.woff2',
    from: '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
    glyphs: TEXT_GLYPHS,
    weight: { min: 400, max: 650 },
  },
];

/** Style sheets find the subset files under `@fonts/`: those with these names, or all. */
export function fonts(root: string, names: readonly string[] = FACES.map(({ file }) => file)): Plugin {
  const modules = join(root, 'node_modules');
  const made = join(modules, '.fonts');
  return {
    name: 'subset-fonts',
    // Not for tests, which read no style sheet: making the fonts takes seconds.
    apply: 'build',
    config: () => ({ resolve: { alias: { '@fonts': made } } }),
    async buildStart() {
      await mkdir(made, { recursive: true });
      await Promise.all(FACES.filter(({ file }) => names.includes(file)).map((face) => make(face, modules, made)));
    },
    // Fonts that the page itself preloads arrive with the script, not after the style sheet is parsed.
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => file.endsWith('.woff2'))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${file}` },
            injectTo: 'head' as const,
          })),
    },
  };
}

async function make({ file, from, glyphs, weight }: Face, modules: string, made: string): Promise<void> {
  const original = await readFile(join(modules, from));
  const options = { targetFormat: 'woff2' as const, ...(weight ? { variationAxes: { wght: weight } } : {}) };
  await writeFile(join(made, file), await subsetFont(original, glyphs, options));
}
