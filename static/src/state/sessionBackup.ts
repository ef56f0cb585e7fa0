/**
 * The backup of a page for its own reload: the last change, if the address was not yet written, and networks that are
 * too large for an address. Documents too large for the tab's storage are in the browser's database, written as soon
 * as they stop changing: when a page is closed it is too late to begin.
 */

import { documentJson, toJson } from '../model/json';
import { type SharedState, written } from '../model/shared-state';
import { texts } from '../texts';
import { isBeginning, shared } from './sharing';
import { notice, noticeWay, pending } from './store';
import { linkCame } from './view';

const KEY = 'backprop-explorer.left';
/** Characters of a document that fit into a tab's storage in every browser; some allow 5 MB of two bytes each. */
const LARGEST = 2_000_000;
/** Begins a backup whose document is in the database. */
const ELSEWHERE = '@';

/** The state whose document is in the database, and its name there. */
let saved: { name: string; state: SharedState } | null = null;
/** The document that could not be stored, and the one that was then saved as a file. */
let unkept: object | null = null;
let inHand: object | null = null;

export function saveSessionBackup(): void {
  const state = shared.peek();
  // The pending network may come from an earlier backup.
  if (pending.peek()) return;
  try {
    if (!state || isBeginning(state)) sessionStorage.removeItem(KEY);
    else if (saved && saved.state.document === state.document) leave(elsewhere(saved.name, state));
    else leave(toJson(written(state)));
  } catch {
    // Too large, and not yet in the database, which has the document before the last change.
    if (saved) leave(elsewhere(saved.name, saved.state));
  }
}

function leave(left: string): void {
  sessionStorage.setItem(KEY, `${location.hash}\n${left}`);
}

const elsewhere = (name: string, { document: _, ...state }: SharedState): string =>
  `${ELSEWHERE}${name} ${toJson({ ...state, start: null })}`;

/**
 * Called with a network too large for an address once it stops changing: it is stored, or the failure is reported
 * before it is lost.
 */
export async function keepLarge(state: SharedState): Promise<void> {
  const { document } = state;
  if (saved?.state.document === document || unkept === document) return;
  try {
    sessionStorage.setItem(`${KEY}.try`, '');
    sessionStorage.removeItem(`${KEY}.try`);
    if (documentJson(document).length > LARGEST) {
      const { put } = await import('./database');
      saved = { name: await put(document), state };
    }
    unkept = null;
  } catch {
    const reported = unkept !== null;
    unkept = document;
    if (!reported) sayUnkept();
  }
}

function sayUnkept(): void {
  notice.value = texts.share.notice.unkept;
  noticeWay.value = {
    title: texts.share.file.save,
    act: async () => {
      const [{ download }, { fileName, fileText }] = await Promise.all([
        import('../documents/files'),
        import('../documents/files'),
      ]);
      const document = shared.peek()?.document;
      if (!document) return;
      download(fileName(document.name ?? '', 'json'), new Blob([fileText(document)], { type: 'application/json' }));
      inHand = document;
      notice.value = null;
      noticeWay.value = null;
    },
  };
}

/** The browser asks before a network that is stored nowhere is lost. */
export function warnBefore(event: BeforeUnloadEvent): void {
  if (unkept !== null && unkept !== inHand && unkept === shared.peek()?.document) event.preventDefault();
}

/**
 * The state as JSON, if this page stored it for its reload, or at exactly this address. On a reload the address may
 * differ from the stored one: on a busy page it may be written in between. A link that was opened while the page was
 * loading is newer.
 */
export async function sessionBackup(): Promise<string | null> {
  const left = found();
  if (!left?.startsWith(ELSEWHERE)) return left;
  const [name = '', state = ''] = [left.slice(1, left.indexOf(' ')), left.slice(left.indexOf(' ') + 1)];
  try {
    const { get } = await import('./database');
    const document = await get(name);
    if (document !== null) return `{"document":${document},${state.slice(1)}`;
  } catch {
    // The notice below reports it.
  }
  notice.value = texts.share.notice.lost;
  return null;
}

function found(): string | null {
  try {
    const [address, ...rest] = (sessionStorage.getItem(KEY) ?? '').split('\n');
    return rest.length > 0 && (address === location.hash || (isReload() && !linkCame())) ? rest.join('\n') : null;
  } catch {
    return null;
  }
}

export function dropSessionBackup(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Then there is no backup either.
  }
}

function isReload(): boolean {
  const [entry] = performance.getEntriesByType('navigation');
  return (entry as PerformanceNavigationTiming | undefined)?.type === 'reload';
}
