/** On paper there is a sheet instead of the page. */

import { Unreachable } from '../api/client';
import { report } from '../state/tracing';

type Sheet = typeof import('./sheet');

let sheet: Promise<Sheet> | null = null;
let ready: Sheet | null = null;

/** The browser waits for nothing before it prints, so the code is fetched at the first sign that somebody may. */
function fetched(): Promise<Sheet> {
  sheet ??= import('./sheet').then(
    (loaded) => {
      ready = loaded;
      return loaded;
    },
    (error: unknown) => {
      sheet = null;
      throw error;
    },
  );
  return sheet;
}

/** Until then paper gets what page/paper.css leaves of the page. */
export function keepPrinting(): () => void {
  const fetch = () => void fetched().catch(() => undefined);
  const onKey = ({ key }: KeyboardEvent) => {
    if (key === 'Control' || key === 'Meta') fetch();
  };
  const lay = () => ready?.lay();
  const clear = () => ready?.clear();
  window.addEventListener('keydown', onKey);
  // On the way to the menus of the browser, or from a page that was put aside.
  document.documentElement.addEventListener('pointerleave', fetch);
  window.addEventListener('blur', fetch);
  window.addEventListener('beforeprint', lay);
  window.addEventListener('afterprint', clear);
  return () => {
    window.removeEventListener('keydown', onKey);
    document.documentElement.removeEventListener('pointerleave', fetch);
    window.removeEventListener('blur', fetch);
    window.removeEventListener('beforeprint', lay);
    window.removeEventListener('afterprint', clear);
  };
}

export async function print(): Promise<void> {
  try {
    await fetched();
  } catch {
    report(new Unreachable());
    return;
  }
  window.print();
}
