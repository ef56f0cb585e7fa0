/** The actions of the Build panel on the network. */

import { computed, signal } from '@preact/signals';
import type { NetworkDocument, Trace } from '../api/types';
import { samplesOf } from '../model/given';
import { outputOf, shapeOf } from '../model/lookup';
import { type Change, revised } from '../model/revise';
import { texts } from '../texts';
import { beginningOf } from './history';
import { dropDraft, replace, showSample } from './network';
import { catalog, drafts, history, network, sample, trace } from './store';

/** The last change, announced to screen readers. */
export const announcement = signal('');

/** The layer whose grip takes the focus once it is drawn at its new place. */
export const carried = signal<string | null>(null);

/** The title of a change, and its gesture: the moves of a drag, or the digits of a number, are one change. */
export interface ChangeTitle {
  title: string;
  gesture?: string;
  /** All weights are new: training begins with them. */
  restart?: boolean;
  /** The edited places. */
  places?: readonly string[];
}

/** Replaces the document; drafts of other places are discarded. */
export function put(document: NetworkDocument, done: ChangeTitle): void {
  for (const pointer of Object.keys(drafts.peek())) dropDraft(pointer);
  announcement.value = done.title;
  void replace(document, done);
}

/**
 * Changes the layers. Of several values in one gesture the last counts: a width that is restored has its weights
 * restored.
 */
export function revise(change: Change): void {
  const shown = network.peek();
  if (!shown) return;
  const from = beginningOf(history.peek(), changeTitleOf(shown, change).gesture) ?? shown;
  put(revised(from, change, catalog.peek()), changeTitleOf(from, change));
}

/** Replaces the batch. The shown sample is one of its samples. */
export function putBatch(document: NetworkDocument, done: ChangeTitle): void {
  const last = samplesOf(document) - 1;
  if (sample.peek() > last) void showSample(last);
  put(document, { ...done, places: document.data ? ['/data/rows'] : ['/x', '/y'] });
}

/** The number of outputs of the network, or of channels. */
export const outputs = computed(() => (trace.value ? shapeOf(outputOf(trace.value))[1] : undefined));

/** The title of a change of the layers. */

const words = texts.build.done;

export const changeTitleOf = (document: NetworkDocument, change: Change): ChangeTitle => ({
  ...titled(document, change),
  places: [placeOf(change)],
});

/** The JSON pointer of the edited place, as sent to the service. */
function placeOf(change: Change): string {
  if (change.kind === 'set') return `/layers/${change.at}/${change.field}`;
  return change.kind === 'become' ? `/layers/${change.at}` : '/layers';
}

function titled({ layers, seed = 0 }: NetworkDocument, change: Change): ChangeTitle {
  const nameAt = (place: number): string => layers[place]?.name ?? texts.build.layers.fresh;
  const namesFrom = (place: number, count: number): string =>
    Array.from({ length: count }, (_, more) => nameAt(place + more)).join(texts.build.between);
  switch (change.kind) {
    case 'add':
      return { title: words.added(texts.layerTitle(change.layer.type)) };
    case 'remove':
      return { title: words.removed(namesFrom(change.at, change.count ?? 1)) };
    case 'move':
      return { title: words.moved(nameAt(change.from), change.to + 1, layers.length) };
    case 'freeze': {
      const label = partOf(change.part, nameAt(change.at));
      return { title: change.frozen ? words.frozen(label) : words.thawed(label) };
    }
    case 'set': {
      if (change.field === 'bias') {
        return { title: change.value === false ? words.unbiased(nameAt(change.at)) : words.biased(nameAt(change.at)) };
      }
      const label = texts.build.fields[change.field] ?? texts.build.field(change.field);
      const title = words.set(texts.build.ofLayer(label, nameAt(change.at)), String(change.value ?? texts.build.none));
      return { title, gesture: `/layers/${change.at}/${change.field}` };
    }
    case 'become':
      return { title: words.became(nameAt(change.at), texts.layerTitle(change.layer.type)) };
    case 'draw':
      return change.at === undefined
        ? { title: words.started(change.seed ?? seed), restart: true }
        : { title: words.drawn(nameAt(change.at)) };
    case 'seed':
      return { title: words.seed(change.seed), gesture: '/seed', restart: true };
    case 'rule': {
      const rule = texts.build.start.rules[change.rule] ?? texts.build.field(change.rule);
      return { title: words.rule(rule), restart: true };
    }
  }
}

/** The service's data as text in the page's language. */

/** A change that the service made so that an edit fits. */
export function sayChange({ key, values }: Trace['fitted'][number]): string {
  const wording = key === 'weights' && values.drawn ? texts.build.fitted.weights_drawn : texts.build.fitted[key];
  return filledIn(wording, values);
}

/** A wording with its values in the places of {placeholders}; {placeholder?one|many} chooses a word by the number. */
function filledIn(wording: string, values: Readonly<Record<string, unknown>>): string {
  const worded = wording.replace(/\{(\w+)\?([^|}]*)\|([^}]*)\}/g, (_, name: string, one: string, many: string) =>
    String(values[name]) === '1' ? one : many,
  );
  return worded.replace(/\{(\w+)\}/g, (_, name: string) => wordOf(name, values[name]));
}

function wordOf(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.join(' × ');
  if (typeof value === 'number') return value.toLocaleString(texts.lang);
  const word = String(value);
  if (name === 'field') return texts.build.fields[word] ?? texts.build.field(word);
  const kind = name === 'loss' && catalog.value?.losses.find(({ type }) => type === word);
  return kind ? kind.title : word;
}

/** Short names of the parameters of a layer. */

const { layers, field } = texts.build;

export function partOf(part: string, layer: string): string {
  const name = layers.parts[part] ?? field(part);
  return layers.parameter(name, layer);
}
