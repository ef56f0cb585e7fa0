import type { Plugin } from 'vite';

/** Holds the first paint until the page's script has run: it chooses the colours, and nothing would flash the wrong ones. */
export function firstPaint(): Plugin {
  return {
    name: 'first-paint',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
    },
  };
}
