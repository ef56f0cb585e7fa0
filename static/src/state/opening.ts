/**
 * Opening networks from elsewhere. The picture stays until the service has traced the new one: the service validates
 * every document, and a refused one does not replace the picture.
 */

import { getStored, postTrace, Refused, Unreachable } from '../api/client';
import type { NetworkDocument, Problem } from '../api/types';
import { documentOfFile } from '../documents/files';
import { unpacked } from '../documents/link';
import { parsed, stateIn, Unreadable } from '../documents/untrusted';
import { showsProducts } from '../model/choices';
import { within } from '../model/json';
import type { SharedState } from '../model/shared-state';
import { texts } from '../texts';
import { faults } from '../texts/faults';
import { restore } from './network';
import { canFit, passes, sayProblem, wayOut } from './requestError';
import { abortPrevious, SUPERSEDED } from './singleFlight';
import * as store from './store';
import { titleOfNetwork } from './store';
import { report } from './tracing';

const words = texts.share;

export const openLink = (payload: string): Promise<boolean> =>
  opened(
    words.notice.link,
    () => unpacked(payload),
    (name) => words.opened.link(name),
  );

export const openKept = (json: string): Promise<boolean> =>
  opened(
    words.notice.link,
    async () => stateIn(parsed(new TextEncoder().encode(json))),
    (name) => texts.history.titles.opened(name),
  );

export const openFile = (file: File): Promise<boolean> =>
  opened(
    (why) => words.notice.file(file.name, why),
    async () => atBeginning(await documentOfFile(file)),
    () => words.opened.file(file.name),
  );

export const openStored = (id: string): Promise<boolean> =>
  opened(
    words.notice.stored,
    async () => atBeginning(await storedDocument(id)),
    (name) => words.opened.stored(name),
  );

const newest = abortPrevious();

/** Returns whether it was opened. Only the newest of several requests counts. */
async function opened(
  failed: (why: string) => string,
  read: () => Promise<SharedState>,
  title: (name: string) => string,
  fits = false,
): Promise<boolean> {
  const again = () => opened(failed, read, title, fits);
  let came: SharedState | null = null;
  try {
    const answer = await newest(async (signal) => {
      const state = await read();
      came = state;
      // An advised change may require further ones.
      const trace = await postTrace(state.document, state.sample, signal, {
        edited: fits ? ['/layers'] : [],
        products: showsProducts(state.edges, state.table),
      });
      return { state: fits ? { ...state, document: trace.document } : state, trace };
    });
    if (answer === SUPERSEDED) return false;
    const { state, trace } = answer;
    restore(state, trace, { title: title(titleOfNetwork(trace.document.name)), example: exampleOf(state) });
    return true;
  } catch (error) {
    tell(error, failed, again);
    if (error instanceof Refused && passes(error.problem))
      store.noticeWay.value = { title: texts.problems.retry, act: again };
    else if (error instanceof Refused && came) {
      const state: SharedState = came;
      const mended = mendedBy(error.problem, state.document);
      store.noticeWay.value = mended && {
        title: mended.title,
        act: () => opened(failed, async () => ({ ...state, document: mended.document, step: 1 }), title, true),
      };
    }
    return false;
  }
}

/** The change that would make it a valid network, offered to the user. */
function mendedBy(problem: Problem, document: NetworkDocument): { title: string; document: NetworkDocument } | null {
  const way = wayOut(problem, document, '');
  if (way) return { title: texts.refusals.andOpen(way.title), document: way.document };
  return canFit(problem) ? { title: texts.refusals.ways.fit, document } : null;
}

function tell(error: unknown, failed: (why: string) => string, again: () => Promise<boolean>): void {
  const keeping = (message: string) => (store.network.value ? words.notice.keeping(message) : message);
  store.pending.value = null;
  store.noticeWay.value = null;
  if (error instanceof Unreadable) store.notice.value = keeping(failed(error.message));
  else if (error instanceof Refused) store.notice.value = keeping(failed(sayProblem(error.problem)));
  else if (error instanceof Unreachable) {
    store.pending.value = again;
    store.notice.value = failed(words.notice.waiting);
    report(error);
  } else throw error;
}

/** The example that a link names, if the document still equals it. */
function exampleOf({ example, document }: SharedState): string | null {
  const found = store.examples.value.find(({ slug }) => slug === example);
  return found && within(found.document, document) ? found.slug : null;
}

/** The initial position in a network without one; the display settings are kept. */
function atBeginning(document: NetworkDocument): SharedState {
  const looks = {
    grain: store.grain.value,
    notation: store.notation.value,
    edges: store.edgeMode.value,
    nodes: store.nodeMode.value,
    table: store.asTable.value,
  };
  return { document, step: 1, start: null, sample: 0, cursor: 0, trail: [], example: null, ...looks };
}

async function storedDocument(id: string): Promise<NetworkDocument> {
  if (!/^[A-Za-z0-9_-]+$/.test(id)) throw new Unreadable(faults.unknownStored);
  try {
    return (await getStored(id)).document;
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 404) throw new Unreadable(faults.unknownStored);
    throw error;
  }
}
