import type { Plugin } from 'vite';

/** Delays the first paint until the page's script has run: the script sets the theme, and a wrong one would flash. */
export function firstPaint(): Plugin {
  return {
    name: 'first-paint',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
    },
  };
}
