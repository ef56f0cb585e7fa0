/** The page's colours as numbers, for what is painted: read anew when the theme changes. */

import { effect } from '@preact/signals';
import { theme } from '../state/theme';
import type { Palette, Rgb } from './paint';
import { palette } from './view';

const NAMES: Readonly<Record<keyof Palette, string>> = {
  negative: '--map-negative',
  zero: '--map-zero',
  positive: '--map-positive',
  least: '--map-least',
  most: '--map-most',
  wrong: '--wrong',
};

export function keepPalette(): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const read = () => {
    palette.value = readPalette();
  };
  const stop = effect(() => {
    void theme.value;
    read();
  });
  system.addEventListener('change', read);
  return () => {
    stop();
    system.removeEventListener('change', read);
  };
}

function readPalette(): Palette {
  const probe = document.body.appendChild(document.createElement('i'));
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
