/** Opening, editing and tracing the network. Every change is a new document, and an entry of the history. */

import { batch } from '@preact/signals';
import type { Catalog, NetworkDocument, Trace } from '../api/types';
import type { Part, Sentence } from '../maths/sentences';
import { finish } from '../model/cursor';
import { inRows } from '../model/given';
import { getAt, setAt } from '../model/json';
import { symbolOf } from '../model/refs';
import type { SharedState } from '../model/shared-state';
import { lineFrom } from '../model/training-line';
import { texts } from '../texts';
import { dismiss, dismissAt, forgetEdits, noteEdits } from './edits';
import { type Change, type Gesture, type Opened, type Place, present, type Title } from './history';
import { noteRapidInput } from './rapidInput';
import * as store from './store';
import { askTrace, show } from './tracing';
import { lookAt, remember, rememberOpening } from './undo';
import { callOff } from './walking';

const titles = texts.history.titles;

/** Opens the network that the page starts with. */
export async function openFirst(): Promise<void> {
  const [first] = store.examples.value;
  if (first && !store.network.value && !store.pending.value) await openExample(first.slug);
}

export async function openExample(slug: string): Promise<void> {
  const found = store.examples.value.find((example) => example.slug === slug);
  if (found) await open(found.document, titles.opened(found.title), { example: slug });
}

/** Opens another network. */
export async function open(document: NetworkDocument, title: Title, opening: Opening = {}): Promise<void> {
  putUp(document, title, opening);
  await askTrace();
}

interface Opening {
  example?: string | null;
  place?: Place;
  training?: Opened['training'];
}

/** The same without requesting its trace. */
export function putUp(document: NetworkDocument, title: Title, opening: Opening): void {
  const { example = null, place = BEGINNING, training } = opening;
  // Late answers about the previous network must not appear.
  askTrace.abandon();
  batch(() => {
    callOff();
    rememberOpening({ document, title, example, training });
    // An earlier failure to open something is no longer relevant.
    store.notice.value = null;
    store.noticeWay.value = null;
    store.example.value = example;
    store.network.value = document;
    forgetEdits();
    dismiss();
    store.drafts.value = {};
    lookAt(place);
  });
}

/** Shows a network with the state of its view, once its trace has arrived. */
export function restore(state: SharedState, trace: Trace, { title, example }: Pick<Opened, 'title' | 'example'>): void {
  batch(() => {
    store.pending.value = null;
    store.grain.value = state.grain;
    store.notation.value = state.notation;
    store.edgeMode.value = state.edges;
    store.nodeMode.value = state.nodes;
    store.asTable.value = state.table;
    const { document, step } = state;
    const place = { ...state, cursor: Math.min(state.cursor, finish(trace.stages)) };
    const training = { step, line: { ...lineFrom(document, step, 'link'), way: state.start ?? undefined } };
    putUp(document, title, { example, place, training });
    show(trace, document);
  });
}

const BEGINNING: Place = { sample: 0, cursor: 0, trail: [] };

/**
 * Sets a value in the document. Consecutive changes of one place are one entry of the history, unless their gestures
 * differ.
 */
export async function edit(pointer: string, value: unknown, gesture: Gesture = pointer): Promise<void> {
  const { network, drafts, trace, catalog } = store;
  if (!network.value) return;
  drafts.value = without(drafts.value, pointer);
  const title = (before: NetworkDocument) =>
    editTitle({ trace: trace.value, catalog: catalog.value }, before, pointer, value);
  const document = setAt(network.value, pointer, value);
  await replace(placed(document, trace.value), { title, gesture, places: [pointer] });
}

/** Without a schedule and without mini-batches, a document has no position. */
function placed(document: NetworkDocument, trace: Trace | null): NetworkDocument {
  if (!document.position || document.optimizer.schedule || !trace || trace.batches) return document;
  const { position: _, ...rest } = document;
  return rest;
}

/** Every change of the network replaces the document, with a title. */
export async function replace(document: NetworkDocument, change: Change = { title: titles.unnamed }): Promise<void> {
  if (store.readOnly.value) return;
  batch(() => {
    noteRapidInput();
    callOff();
    noteEdits(change.places ?? []);
    remember(document, change);
    store.network.value = document;
    // An example whose change is reverted is that example again.
    store.example.value = present(store.history.value)?.example ?? null;
  });
  await askTrace();
}

/** A text that is not a number stays in its field and is not sent. */
export function keepDraft(pointer: string, text: string): void {
  dismissAt(pointer);
  store.drafts.value = { ...store.drafts.value, [pointer]: text };
}

export function dropDraft(pointer: string): void {
  dismissAt(pointer);
  store.drafts.value = without(store.drafts.value, pointer);
}

export async function showSample(sample: number): Promise<void> {
  store.sample.value = sample;
  await askTrace();
}

/** The same object where there is no draft, so that subscribers to drafts are not notified. */
function without(drafts: Readonly<Record<string, string>>, pointer: string): Readonly<Record<string, string>> {
  if (!(pointer in drafts)) return drafts;
  return Object.fromEntries(Object.entries(drafts).filter(([place]) => place !== pointer));
}

/** The title of an edit in the history: "w¹₁₂ 0.20 → 0.35". */

const words = texts.history.titles;

/** The trace, possibly of an earlier document, has the symbols; the catalog has the titles of choices. */
export interface Names {
  trace: Trace | null;
  catalog: Catalog | null;
}

export function editTitle(
  { trace, catalog }: Names,
  before: NetworkDocument,
  pointer: string,
  value: unknown,
): Sentence {
  const [field = '', ...path] = inRows(pointer).split('/').slice(1);
  const from = getAt(before, pointer);
  if (pointer === '/optimizer/lr') return words.changed([words.rate], valuePart(from), valuePart(value));
  if (field === 'loss' || field === 'optimizer') {
    return path.length === 0
      ? words.changed([words[field]], titled(catalog, from), titled(catalog, value))
      : words.changed([words.setting(words[field], path.join('.'))], valuePart(from), valuePart(value));
  }
  if (field === 'penalty' && path[0])
    return words.changed([words.setting(words.penalty, path[0])], valuePart(from), valuePart(value));
  if (field === 'layers') return layerTitle(trace, before, path, from, value);
  if ((field === 'x' || field === 'y') && typeof value === 'number') {
    return words.changed(named(trace, `${field}[${path.join(',')}]`), valuePart(from), valuePart(value));
  }
  if (field === 'x') return [words.inputs];
  if (field === 'y') return [words.targets];
  return words.changed([field], valuePart(from), valuePart(value));
}

function layerTitle(
  trace: Trace | null,
  before: NetworkDocument,
  [place = '', part = '', ...index]: readonly string[],
  from: unknown,
  value: unknown,
): Sentence {
  const name = before.layers[Number(place)]?.name ?? trace?.layers[Number(place)]?.name ?? place;
  if (part === '') return [words.layer(name)];
  if (index.length > 0) {
    return words.changed(named(trace, `${name}.${part}[${index.join(',')}]`), valuePart(from), valuePart(value));
  }
  // A parameter that is replaced as a whole has too many numbers to list.
  if (typeof value === 'object') return [words.parameter(part, name)];
  return words.changed([words.setting(name, part)], valuePart(from), valuePart(value));
}

/** The symbol of a number; of one that the trace does not have, its ref. */
function named(trace: Trace | null, ref: string): Sentence {
  const name = ref.split(/[.[]/)[0];
  const known = name === 'x' || name === 'y' || trace?.layers.some((layer) => layer.name === name);
  // A class is the target of a whole sample and has no symbol.
  if (/^y\[\d+\]$/.test(ref)) return [words.classOf(Number(ref.slice(2, -1)) + 1)];
  return trace && known ? [{ symbol: symbolOf(trace, ref), ref }] : [ref];
}

function valuePart(value: unknown): Part {
  if (typeof value === 'number') return { value, ref: null };
  if (value === undefined || value === null) return words.none;
  if (typeof value !== 'object') return String(value);
  // A setting with several forms, such as a schedule.
  return ('type' in value && texts.build.fields[String(value.type)]) || words.many;
}

/** A loss or an optimizer by its title in the menu. */
function titled(catalog: Catalog | null, choice: unknown): Part {
  const type = typeof choice === 'object' && choice !== null && 'type' in choice ? choice.type : choice;
  const options = [...(catalog?.losses ?? []), ...(catalog?.optimizers ?? [])];
  const found = options.find((option) => option.type === type);
  return found ? found.title : valuePart(type);
}
