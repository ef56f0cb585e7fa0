/** Which view of the network is open. The address keeps it, so that reload and the Back button work as expected. */

import { computed, signal } from '@preact/signals';
import { LEGIBLE, type Size } from '../model/geometry';
import { listen } from './browser';
import { playing, readOnly } from './store';

export type View = 'diagram' | 'matrices' | 'check' | 'train';
export const VIEWS: readonly View[] = ['diagram', 'matrices', 'check', 'train'];
/** Those of a network that can only be read. */
export const READ: readonly View[] = ['diagram', 'matrices', 'check'];
/** These replace the inspector and the steps as well as the picture. */
export const ALONE: ReadonlySet<View> = new Set(['check', 'train']);

/**
 * The fragment of the address: `#check`, with `&s=` and a state or `&n=` and the id of a stored network. `shared` is
 * empty for a link to a network whose state and id are both missing.
 */
interface Address {
  view: View;
  /** Whether the panels are hidden and the numbers large: `#diagram&lecture`. */
  lecture: boolean;
  shared: string | null;
  stored: string | null;
}

export function addressOf(hash: string): Address {
  const written = asCopied(hash.startsWith('#') ? hash.slice(1) : '');
  const all = written.split('&');
  const parts = all.filter((part) => part.replace(/\.+$/, '') !== LECTURE);
  const after = (key: string) => parts.find((part) => part.startsWith(key))?.slice(key.length) ?? null;
  const shared = STATE.exec(written)?.[0] ?? after('s=');
  const stored = after('n=')?.replaceAll('.', '') ?? null;
  return {
    lecture: parts.length < all.length,
    // Anything else is the diagram.
    view: VIEWS.find((one) => one === parts[0]?.replace(/\.+$/, '')) ?? 'diagram',
    shared: shared ?? (stored === null && parts.length > 1 ? '' : null),
    stored,
  };
}

export const LECTURE = 'lecture';

/** A state as `documents/link.ts` writes it: version, content and state hash. */
const STATE = /\d+\.[\w-]+\.[0-9a-f]{16}/;

/** Two programs may have encoded the address one after the other. */
const MAX_ENCODINGS = 4;

/**
 * Reverts the changes of chats and mail programs to a link: characters written as %26, &amp; or =3D, blanks and line
 * breaks in it, a full stop or bracket after it. A link has only letters, digits and `_ - . & =`, so all other
 * characters were added. The state hash proves that the result is the whole state.
 */
function asCopied(fragment: string): string {
  let text = fragment;
  for (let encoding = 0; encoding < MAX_ENCODINGS; encoding++) {
    text = text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => ascii(Number.parseInt(code, 16)));
    text = text.replace(/&(?:amp|#0*38|#x0*26);/gi, '&').replace(/&(?:equals|#0*61|#x0*3d);/gi, '=');
  }
  text = text.replace(/[^\w.&=-]/g, '');
  // In quoted-printable mail, = is written as =3D, and a continued line ends in =.
  return text.replace(/(?<=s)=3D(?=\d+\.)/i, '=').replace(/(?<=[sn]=[^&]*)=/g, '');
}

/** Characters of several bytes are never part of a link; their bytes would leave digits and letters behind. */
const ascii = (code: number): string => (code < 128 ? String.fromCharCode(code) : '');

/** Whether the address is a link to a network. */
export function asksForNetwork(hash: string): boolean {
  const { shared, stored } = addressOf(hash);
  return (shared ?? stored) !== null;
}

export const viewOf = (hash: string): View => addressOf(hash).view;

/** The address that the page was loaded with. It may change before the page listens. */
export const loaded = globalThis.location?.hash ?? '';

/** Whether the address has become a link to a network since the page was loaded. */
export const linkCame = (): boolean => location.hash !== loaded && asksForNetwork(location.hash);

const opened = addressOf(loaded);
export const view = signal<View>(opened.view);
export const lecture = signal(opened.lecture);

export function openView(target: View): void {
  // A saved page may be in a frame whose address is that of the page around it.
  if (readOnly.value) show(target);
  else location.hash = target;
}

function show(target: View): void {
  view.value = target;
  // Steps are not visible there.
  if (target !== 'diagram') playing.value = false;
}

export function keepView(): () => void {
  const follow = () => {
    const address = addressOf(location.hash);
    lecture.value = address.lecture;
    show(address.view);
  };
  follow();
  return listen(window, { hashchange: follow });
}

/** The space of the picture, and the least size of its numbers. */

export const frame = signal<Size>({ width: 700, height: 480 });

// At most the width of a phone, which is not read from a distance.
const NARROW = 720;

/** Whether the picture is seen from a distance. */
export const fromAfar = computed(() => lecture.value && frame.value.width > NARROW);

/** The least height of type, in CSS pixels. */
export const legible = computed(() => (fromAfar.value ? LEGIBLE.lecture : LEGIBLE.usual));
