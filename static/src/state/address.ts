/**
 * The address follows what one sees, so that a reload, a bookmark and a duplicated tab show it again. Entries of the
 * browser's own history are views: Back goes from view to view, and never takes a network away.
 */

import { effect } from '@preact/signals';
import { Unreachable } from '../api/client';
import { listen } from './browser';
import { dropSessionBackup, keepLarge, saveSessionBackup, sessionBackup, warnBefore } from './sessionBackup';
import { isBeginning, shared } from './sharing';
import { pending } from './store';
import { report } from './tracing';
import { addressOf, LECTURE, lecture, linkCame, loaded, view } from './view';

/** How long nothing must change before the address is written, in milliseconds: a drag writes it once. */
const QUIET = 400;
/** Marks the entries whose state this page has written, apart from links that were pasted or followed. */
const OWN = { kept: true };

/** The address that was read or written last. */
let seen = loaded;
/** Links that are being opened. */
let openings = 0;

export function keepAddress(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    view.value;
    lecture.value;
    clearTimeout(timer);
    if (shared.value) timer = setTimeout(() => void write(), QUIET);
  });
  const follow = () => {
    seen = location.hash;
    const { shared: payload, stored } = addressOf(location.hash);
    if ((payload ?? stored) !== null && !isOwn()) void openFromUrl().catch(report);
    // On the way back lies what the address was then.
    else void write();
  };
  const end = listen(window, { hashchange: follow, pagehide: saveSessionBackup, beforeunload: warnBefore });
  // It may have changed while the page was loaded, before this listened.
  if (location.hash !== seen) follow();
  return () => {
    stop();
    clearTimeout(timer);
    end();
  };
}

async function write(): Promise<void> {
  const state = shared.peek();
  // A link that is being opened, or waits for the server, must stay where a reload finds it.
  if (!state || pending.peek() || openings > 0) return;
  try {
    const payload = isBeginning(state) ? null : await (await import('../documents/link')).payloadOf(state);
    // A newer change has a separate timer.
    if (shared.peek() !== state) return;
    if (payload === null && !isBeginning(state)) void keepLarge(state);
    // A link that was pasted this moment, and whose event has not come yet, must not be lost.
    if (location.hash !== seen) return;
    const hash = `#${view.peek()}${lecture.peek() ? `&${LECTURE}` : ''}${payload ? `&s=${payload}` : ''}`;
    if (hash === location.hash || (hash === '#diagram' && location.hash === '')) return;
    history.replaceState(OWN, '', hash);
    seen = hash;
  } catch {
    // Without the server there is no code to pack it with; the next change tries again.
  }
}

const isOwn = (): boolean => (history.state as { kept?: boolean } | null)?.kept === true;

/** Opening what the address asks for. The code for it is loaded only where it does ask. */

/** Whether the address asked for something and it was opened; otherwise the page's notice says why not. */
async function openFromUrl(): Promise<boolean> {
  const { shared, stored } = addressOf(location.hash);
  if ((shared ?? stored) === null) return false;
  openings++;
  try {
    const { openLink, openStored } = await opening();
    return await (shared === null ? openStored(stored ?? '') : openLink(shared));
  } finally {
    openings--;
  }
}

/** The same when the page is opened: a reload finds what was left a moment ago, even where no address could hold it. */
export async function openAtStart(): Promise<boolean> {
  const left = await sessionBackup();
  if (left === null) return openFromUrl();
  const { openKept } = await opening();
  // What the address asks for by now is newer than what was left.
  if (linkCame()) return openFromUrl();
  const opened = await openKept(left);
  // It waits for the server; another reload finds it again.
  if (pending.value) return false;
  dropSessionBackup();
  return opened || openFromUrl();
}

async function opening() {
  try {
    return await import('./opening');
  } catch {
    throw new Unreachable();
  }
}
