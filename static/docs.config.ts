/** Builds the reference of the API separately, so that the first view of the explorer has nothing of it. */

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressed } from './build-plugins/compressed.ts';
import { firstPaint } from './build-plugins/first-paint.ts';
import { fonts } from './build-plugins/fonts.ts';
import { licences } from './build-plugins/licences.ts';
import page from './vite.config.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root,
  base: '/',
  plugins: [fonts(root, ['sans.woff2']), firstPaint(), licences(root).later, compressed()],
  build: {
    target: page.build?.target,
    assetsInlineLimit: 0,
    outDir: 'dist',
    emptyOutDir: false,
    rolldownOptions: { input: `${root}docs.html` },
  },
});
