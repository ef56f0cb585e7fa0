/**
 * The address stores the current view, so that a reload, a bookmark and a duplicated tab restore it. Entries of the
 * browser's own history are views: Back returns to the previous view, and never closes a network.
 */

import { effect } from '@preact/signals';
import { Unreachable } from '../api/client';
import { listen } from './browser';
import { dropSessionBackup, keepLarge, saveSessionBackup, sessionBackup, warnBefore } from './sessionBackup';
import { isBeginning, shared } from './sharing';
import { pending } from './store';
import { report } from './tracing';
import { addressOf, LECTURE, lecture, linkCame, loaded, view } from './view';

/** The address is written once nothing has changed for this many milliseconds: a drag writes it once. */
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
    // Going back leads to the address at that time.
    else void write();
  };
  const end = listen(window, { hashchange: follow, pagehide: saveSessionBackup, beforeunload: warnBefore });
  // It may have changed while the page was loading, before this listened.
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
    // A newer change has its own timer.
    if (shared.peek() !== state) return;
    if (payload === null && !isBeginning(state)) void keepLarge(state);
    // A link that was just pasted, and whose event has not arrived yet, must not be lost.
    if (location.hash !== seen) return;
    const hash = `#${view.peek()}${lecture.peek() ? `&${LECTURE}` : ''}${payload ? `&s=${payload}` : ''}`;
    if (hash === location.hash || (hash === '#diagram' && location.hash === '')) return;
    history.replaceState(OWN, '', hash);
    seen = hash;
  } catch {
    // Without the server the code that packs it cannot be loaded; the next change tries again.
  }
}

const isOwn = (): boolean => (history.state as { kept?: boolean } | null)?.kept === true;

/** Opens the network in the address, if there is one; only then the code for it is loaded. */

/** Returns whether the address contained a network and it was opened; otherwise a notice gives the reason. */
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

/** The same when the page is opened: a reload restores the previous state, even if no address could contain it. */
export async function openAtStart(): Promise<boolean> {
  const left = await sessionBackup();
  if (left === null) return openFromUrl();
  const { openKept } = await opening();
  // A link in the address is newer than the saved state.
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
