/** Which view of the network is open. The address keeps it, so that a reload and the Back button lead where one expects. */

import { signal } from '@preact/signals';
import { playing } from './store';

export type View = 'diagram' | 'matrices' | 'check';
export const VIEWS: readonly View[] = ['diagram', 'matrices', 'check'];

/** What the part of the address behind its # says: `#check`, with `&s=` and a state or `&n=` and the id of a stored network. */
export interface Address {
  view: View;
  shared: string | null;
  stored: string | null;
}

export function addressOf(hash: string): Address {
  const parts = hash.startsWith('#') ? hash.slice(1).split('&') : [];
  const after = (key: string) => parts.find((part) => part.startsWith(key))?.slice(key.length) ?? null;
  return {
    // Whatever else stands there is the diagram.
    view: VIEWS.find((one) => one === parts[0]) ?? 'diagram',
    shared: after('s='),
    stored: after('n='),
  };
}

export const viewOf = (hash: string): View => addressOf(hash).view;

export const view = signal<View>(viewOf(globalThis.location?.hash ?? ''));

export function openView(opened: View): void {
  location.hash = opened;
}

export function keepView(): () => void {
  const follow = () => {
    view.value = viewOf(location.hash);
    // Nobody watches the steps there.
    if (view.value !== 'diagram') playing.value = false;
  };
  window.addEventListener('hashchange', follow);
  return () => window.removeEventListener('hashchange', follow);
}
