/** The page's colours as numbers, for what is painted. */

import { computed } from '@preact/signals';
import { isDark } from '../state/theme';
import type { Palette, Rgb } from './paint';

const NAMES: Readonly<Record<keyof Palette, string>> = {
  negative: '--map-negative',
  zero: '--map-zero',
  positive: '--map-positive',
  least: '--map-least',
  most: '--map-most',
  wrong: '--wrong',
};

/** Read anew when the theme changes. */
export const palette = computed<Palette>(() => {
  void isDark.value;
  return readPalette();
});

function readPalette(): Palette {
  const probe = document.body.appendChild(document.createElement('i'));
  // Data keep their colours where the person's own are forced upon the page.
  probe.style.setProperty('forced-color-adjust', 'none');
  const entries = Object.entries(NAMES).map(([name, property]) => {
    probe.style.color = `var(${property})`;
    return [name, numbersIn(getComputedStyle(probe).color)] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as unknown as Palette;
}

/** A computed colour is written `rgb(180, 83, 10)`. */
function numbersIn(colour: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}
