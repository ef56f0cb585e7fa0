/** Prints a sheet instead of the page. */

import { Unreachable } from '../api/client';
import { listen } from '../state/browser';
import { report } from '../state/tracing';

type Sheet = typeof import('./sheet');

let sheet: Promise<Sheet> | null = null;
let ready: Sheet | null = null;

/** The browser does not wait before it prints, so the code is fetched at the first sign that the user may print. */
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

/** Until it is loaded, page/paper.css styles the printed page. */
export function keepPrinting(): () => void {
  const fetch = () => void fetched().catch(() => undefined);
  const onKey = ({ key }: KeyboardEvent) => {
    if (key === 'Control' || key === 'Meta') fetch();
  };
  const end = listen(window, {
    keydown: onKey,
    blur: fetch,
    beforeprint: () => ready?.lay(),
    afterprint: () => ready?.clear(),
  });
  // When the pointer leaves for the browser's menus or another window.
  const endLeaving = listen(document.documentElement, { pointerleave: fetch });
  return () => {
    end();
    endLeaving();
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
