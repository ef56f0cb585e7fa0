import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { compressed } from './build-plugins/compressed.ts';
import { firstPaint } from './build-plugins/first-paint.ts';
import { isInFirstView, type Modules } from './build-plugins/first-view.ts';
import { fonts } from './build-plugins/fonts.ts';
import { licences } from './build-plugins/licences.ts';
import { messages } from './build-plugins/messages.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Modules that the first view shares with later views; those of links and files are loaded when one is opened. */
const SHARED = /(?<!src\/(?:share|documents)\/.*)\.tsx?$|node_modules/;

/** Modules that only later views share are not loaded with the first view. */
const shared = (id: string, modules: Modules) => (isInFirstView(id, modules) ? 'shared' : null);

const written = licences(root);

export default defineConfig({
  root,
  base: '/',
  plugins: [fonts(root), firstPaint(), messages(`${root}../tinyml/narrate/messages`), written.page, compressed()],
  worker: { plugins: () => [written.worker] },
  resolve: {
    // Tests are outside this folder and use its packages.
    dedupe: ['preact', '@preact/signals', '@testing-library/preact'],
    alias: {
      'd3-transition': `${root}build-plugins/no-transition.ts`,
      'd3-interpolate': `${root}build-plugins/no-transition.ts`,
      '@': `${root}src`,
      vitest: `${root}node_modules/vitest`,
    },
  },
  server: { fs: { allow: ['..'] } },
  // Browsers that support light-dark(), so that colours are not rewritten.
  build: {
    outDir: 'dist',
    target: ['chrome123', 'firefox128', 'safari17.5'],
    assetsInlineLimit: 0,
    // The bundler does not merge modules that wait for the language: otherwise the first view would be a dozen files.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: shared, debugName: 'shared', test: SHARED, minShareCount: 2 }] } },
    },
  },
  test: {
    root,
    // Long enough for a machine that runs the browser tests at the same time; a hanging test still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      // One process for many files: starting a process for each took most of the time. Tests leave no state.
      {
        extends: true,
        test: {
          name: 'modules',
          include: ['../tests/static/**/*.test.ts'],
          exclude: ['../tests/static/whole/**'],
          isolate: false,
        },
      },
      // The whole page in a document, a separate one for each file, with one real service for all of them.
      {
        extends: true,
        test: {
          name: 'page',
          include: ['../tests/static/whole/**/*.test.ts'],
          environment: 'happy-dom',
          globalSetup: '../tests/static/whole/server.ts',
        },
      },
    ],
  },
});
