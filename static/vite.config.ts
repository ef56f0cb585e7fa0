import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { firstPaint } from './build-plugins/first-paint.ts';
import { isInFirstView, type Modules } from './build-plugins/first-view.ts';
import { fonts } from './build-plugins/fonts.ts';
import { messages } from './build-plugins/messages.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** What the first view shares with views that come later; links and files are read when one is opened. */
const SHARED = /(?<!src\/(?:share|documents)\/.*)\.tsx?$|node_modules/;

/** What only later views share is theirs, and not loaded with the first. */
const shared = (id: string, modules: Modules) => (isInFirstView(id, modules) ? 'shared' : null);

export default defineConfig({
  root,
  base: '/',
  plugins: [fonts(root), firstPaint(), messages(`${root}../tinyml/narrate/messages`)],
  resolve: {
    // Tests lie beside this folder and have what it has.
    dedupe: ['preact', '@preact/signals', '@testing-library/preact'],
    alias: {
      'd3-transition': `${root}build-plugins/no-transition.ts`,
      'd3-interpolate': `${root}build-plugins/no-transition.ts`,
      '@': `${root}src`,
      vitest: `${root}node_modules/vitest`,
    },
  },
  server: { fs: { allow: ['..'] } },
  // Browsers that know light-dark(), so that colours reach them as they are written.
  build: {
    outDir: 'dist',
    target: ['chrome123', 'firefox128', 'safari17.5'],
    assetsInlineLimit: 0,
    // What waits for the language is not put together by itself: the first view would come in a dozen crumbs.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: shared, debugName: 'shared', test: SHARED, minShareCount: 2 }] } },
    },
  },
  test: {
    root,
    // Long enough for a machine that is busy with the browser tests beside them; what hangs still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      // One process for many files: most of the time of a run was the start of a process for each. Tests leave no state behind.
      {
        extends: true,
        test: {
          name: 'modules',
          include: ['../tests/static/**/*.test.ts'],
          exclude: ['../tests/static/whole/**'],
          isolate: false,
        },
      },
      // The whole page in a document, a separate page for each file, with the real service.
      {
        extends: true,
        test: { name: 'page', include: ['../tests/static/whole/**/*.test.ts'], environment: 'happy-dom' },
      },
    ],
  },
});
