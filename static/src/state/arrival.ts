/** Opening what the address asks for. The code for it is loaded only where it does ask. */

import { Unreachable } from '../api/client';
import { dropKeepsake, keepsake } from './keepsake';
import { pending } from './store';
import { addressOf } from './view';

/** Whether it asked for something and that was opened; why not is told by the page's notice. */
export async function arrive(): Promise<boolean> {
  const { shared, stored } = addressOf(location.hash);
  if ((shared ?? stored) === null) return false;
  const { openLink, openStored } = await opening();
  return shared === null ? openStored(stored ?? '') : openLink(shared);
}

/** The same when the page is opened: a reload finds what was left a moment ago, even where no address could hold it. */
export async function arriveAnew(): Promise<boolean> {
  const left = await keepsake();
  if (left === null) return arrive();
  const { openKept } = await opening();
  const opened = await openKept(left);
  // It waits for the server; another reload finds it again.
  if (pending.value) return false;
  dropKeepsake();
  return opened || arrive();
}

async function opening() {
  try {
    return await import('../share/opening');
  } catch {
    throw new Unreachable();
  }
}
