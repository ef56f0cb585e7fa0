/** Which view of the network is open. The address keeps it, so that a reload and the Back button lead where one expects. */

import { signal } from '@preact/signals';
import { playing } from './store';

export type View = 'diagram' | 'matrices' | 'check';
export const VIEWS: readonly View[] = ['diagram', 'matrices', 'check'];

export const view = signal<View>(viewOf(globalThis.location?.hash ?? ''));

/** The views are links to `#diagram` and `#check`; whatever else stands there is the diagram. */
export function viewOf(hash: string): View {
  return VIEWS.find((one) => `#${one}` === hash) ?? 'diagram';
}

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
