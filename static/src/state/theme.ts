/** Light, dark, or the system's theme; remembered between visits. */

import { computed, signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const KEY = 'backprop-explorer.theme';

export const theme = signal<Theme>(remembered());

const system = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
const systemIsDark = signal(system?.matches ?? false);
system?.addEventListener('change', ({ matches }) => {
  systemIsDark.value = matches;
});

/** The effective theme: pictures that are not styled by CSS are redrawn when it changes. */
export const isDark = computed(() => (theme.value === 'system' ? systemIsDark.value : theme.value === 'dark'));

export function setTheme(chosen: Theme): void {
  apply(chosen);
  theme.value = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the page.
  }
}

export function apply(chosen: Theme = theme.peek()): void {
  document.documentElement.style.colorScheme = chosen === 'system' ? 'light dark' : chosen;
  document.documentElement.dataset.theme = chosen;
}

function remembered(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return THEMES.find((one) => one === stored) ?? 'system';
  } catch {
    return 'system';
  }
}
