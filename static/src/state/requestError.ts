/** Request errors: the service is unreachable, or refuses the request; with reason and remedy. */

import type { Signal } from '@preact/signals';
import { Refused, Unreachable } from '../api/client';
import type { NetworkDocument, Problem } from '../api/types';
import { inRows, type Rows, rowsOf, withRows } from '../model/given';
import { getAt, setAt } from '../model/json';
import { shapeOf } from '../model/lookup';
import { texts } from '../texts';
import { SUPERSEDED } from './singleFlight';

export type RequestError = { kind: 'refused'; problem: Problem } | { kind: 'unreachable'; busy: boolean };

/** Any other error is a bug of the page, and is thrown again. */
export function requestErrorOf(error: unknown): RequestError {
  if (error instanceof Refused) return { kind: 'refused', problem: error.problem };
  if (error instanceof Unreachable) return { kind: 'unreachable', busy: error.busy };
  throw error;
}

/** Whether the same request may succeed the next time. */
export const mayPass = (trouble: RequestError): boolean => trouble.kind === 'unreachable' || passes(trouble.problem);

/** The error as a sentence, with its effect on the change. */
export function sayRequestError(trouble: RequestError): string {
  if (trouble.kind === 'refused') return sayProblem(trouble.problem);
  return trouble.busy ? texts.problems.busy : texts.problems.unreachable;
}

/** The answer, or null if a newer request was made or an error occurred, which is then shown. */
export async function guarded<Answer>(
  into: Signal<RequestError | null>,
  ask: () => Promise<Answer | typeof SUPERSEDED>,
): Promise<Answer | null> {
  try {
    const answer = await ask();
    if (answer === SUPERSEDED) return null;
    into.value = null;
    return answer;
  } catch (error) {
    into.value = requestErrorOf(error);
    return null;
  }
}

const words = texts.refusals;

const wordings: Readonly<Record<Problem['key'] | 'suggested' | 'limit_unknown', string>> = words.kinds;

/** The whole sentence, with the place if it is not shown there. */
export function sayProblem(problem: Problem, document: NetworkDocument | null = null): string {
  const { key, values = {}, where, limit, asked, allowed, suggestion } = problem;
  const kind =
    key === 'unknown' && suggestion ? 'suggested' : key === 'limit' && asked === null ? 'limit_unknown' : key;
  const place = placeOf(where ?? '', document);
  const expected = (words.expected as Record<string, string>)[String(values.expected)];
  const most = (words.limits as Record<string, string>)[limit ?? ''] ?? words.limits.other;
  const [, part = '', at = ''] = (where ?? '').split('/');
  const layer = part === 'layers' && at ? layerAt(Number(at), document) : '';
  const all = { layer, ...values, place, expected, most, asked, allowed, suggestion };
  return written(wordings[kind] ?? wordings.request, all);
}

/** A wording with its values in the places of {placeholders}. */
function written(wording: string, values: Readonly<Record<string, unknown>>): string {
  return wording.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (Array.isArray(value)) return value.join(' × ');
    return typeof value === 'number' ? value.toLocaleString(texts.lang) : String(value ?? '');
  });
}

const layerAt = (place: number, document: NetworkDocument | null): string =>
  document?.layers[place]?.name ?? `${words.layer} ${place + 1}`;

/** The name of a place in the document: "Learning rate", "Width of fc_1", "The targets". */
function placeOf(where: string, document: NetworkDocument | null): string {
  const [, part = '', ...inner] = inRows(where).split('/');
  const names: Record<string, string | undefined> = words.places;
  const field = (part === 'layers' ? inner[1] : inner[0]) ?? '';
  const fields: Record<string, string | undefined> = texts.build.fields;
  const named = fields[field];
  if (part !== 'layers') {
    // A field of a setting with several forms is named with it, as beside the field: "Duration of Schedule".
    const [last, owner] = inner.filter((one) => fields[one]).reverse();
    const own = last && owner ? texts.build.ofLayer(fields[last] ?? '', fields[owner] ?? '') : named;
    return (['optimizer', 'loss', 'penalty'].includes(part) ? own : undefined) ?? names[part] ?? names[''] ?? '';
  }
  const place = Number(inner[0]);
  if (!Number.isInteger(place) || inner[0] === undefined) return names.layers ?? '';
  const layer = layerAt(place, document);
  const own = field === 'type' ? texts.build.layers.kind : named;
  return own ? written(words.fieldOf, { field: own, layer }) : layer;
}

/** Whether the fault is not in the document, and may be temporary. */
export const passes = ({ key }: Problem): boolean => PASSING.includes(key);
const PASSING: readonly Problem['key'][] = ['internal', 'storage', 'storage_busy', 'quota_minute'];

/** The remedy for a problem of a document: an advised document, offered as a choice. */

interface Way {
  title: string;
  /** The advised document. Parts of it that do not fit are to be adapted. */
  document: NetworkDocument;
}

/** `edited` is the last change by the person. */
export function wayOut(problem: Problem, document: NetworkDocument, edited: string): Way | null {
  const { key, values = {}, where, limit, allowed, suggestion } = problem;
  const pointer = where ?? '';
  const use = (at: string, value: unknown): Way => ({
    title: written(words.ways.use, { value }),
    document: setAt(document, at, value),
  });
  if (key === 'unknown' && suggestion && values.what === 'name') return use(pointer, suggestion);
  if ((key === 'at_least' || key === 'at_most') && typeof values.bound === 'number') return use(pointer, values.bound);
  if (key === 'limit' && limit === 'MAX_BATCH' && allowed !== null) {
    const { x, y } = rowsOf(document);
    const targets = y.length > 0 ? { y: y.slice(0, allowed) } : {};
    const cut = withRows(document, { x: x.slice(0, allowed), ...targets } as Rows);
    return { title: written(words.ways.first, { value: allowed }), document: cut };
  }
  if (key === 'limit' && allowed !== null && typeof getAt(document, pointer) === 'number') return use(pointer, allowed);
  if (key === 'batch' && Number(values.rows) > 0) return use('/data/batch', values.rows);
  if (key === 'held_out') return use('/data/held_out', 0);
  if (passes(problem)) return { title: texts.problems.retry, document };
  if (key === 'misplaced') return withoutField(document, pointer);
  if (key === 'no_bias') return withoutField(document, pointer, 'b');
  if (key === 'needs_image' || key === 'needs_sequence')
    return withAxes(document, Number(pointer.split('/')[2]), AXES[key], values.flattened);
  const needed = values.outputs;
  if (typeof needed === 'number' && typeof getAt(document, edited) === 'number') return use(edited, needed);
  return null;
}

/** The document without a field that the layer does not have; if `part` is given, only its lock is removed. */
function withoutField(document: NetworkDocument, pointer: string, part?: string): Way {
  const [layer, field = ''] = [pointer.replace(/\/[^/]*$/, ''), pointer.slice(pointer.lastIndexOf('/') + 1)];
  const { [field]: found, ...others } = getAt(document, layer) as Record<string, unknown>;
  const locks = part && field === 'frozen' ? (found as string[]).filter((one) => one !== part) : [];
  const rest = locks.length ? { ...others, frozen: locks } : others;
  return { title: words.ways.leaveOut, document: setAt(document, layer, rest) };
}

/** The wordings for each required type of samples, and the new shape of samples of another type. */
const AXES: Record<'needs_image' | 'needs_sequence', Axes> = {
  needs_image: {
    first: words.ways.first_images,
    alone: words.ways.images,
    shaped: ([channels = 1, length]) => {
      if (length !== undefined) return [channels, 1, length];
      const height = heightOf(channels);
      return [1, height, channels / height];
    },
  },
  needs_sequence: {
    first: words.ways.first_sequences,
    alone: words.ways.sequences,
    shaped: (shape) => [shape.slice(0, -1).reduce((product, size) => product * size, 1), shape.at(-1) ?? 1],
  },
};

interface Axes {
  first: string;
  alone: string;
  shaped: (sample: readonly number[]) => number[];
}

/**
 * Moves a layer of images or sequences to a place with such input: before the layer `flattened`, which makes rows of
 * them, or to the first place, with samples of another shape.
 */
function withAxes(document: NetworkDocument, place: number, axes: Axes, flattened: unknown): Way | null {
  const { layers } = document;
  const { x } = rowsOf(document);
  const layer = layers[place];
  const sample = shapeOf(x).slice(1);
  if (!layer || sample.length === 0) return null;
  const moved = (to: number) => layers.toSpliced(place, 1).toSpliced(to, 0, layer);
  const flat = typeof flattened === 'number' ? layers[flattened] : undefined;
  if (flat) {
    const title = written(words.ways.before, { layer: flat.name ?? texts.layerTitle(flat.type) });
    return { title, document: { ...document, layers: moved(layers.indexOf(flat)) } };
  }
  // Earlier layers may need the current shape of the samples.
  if (sample.length > 1 && place > 0)
    return { title: words.ways.leaveOut, document: { ...document, layers: layers.toSpliced(place, 1) } };
  // The columns of a table have separate descriptions.
  if (document.data) return null;
  const shape = axes.shaped(sample);
  return {
    title: written(place ? axes.first : axes.alone, { shape }),
    document: {
      ...document,
      layers: moved(0),
      input_shape: shape,
      x: reshaped(x, shape) as Rows['x'],
    },
  };
}

/** The same numbers in lists of another shape. */
function reshaped(numbers: Rows['x'], shape: readonly number[]): unknown {
  const split = (row: readonly unknown[], [size = 1, ...inner]: readonly number[]): unknown =>
    inner.length === 0
      ? row
      : Array.from({ length: size }, (_, place) =>
          split(row.slice((place * row.length) / size, ((place + 1) * row.length) / size), inner),
        );
  return numbers.map((sample) => split([sample].flat(3) as number[], shape));
}

/** The height of an image with this number of pixels that is as near to a square as possible. */
function heightOf(pixels: number): number {
  let height = Math.floor(Math.sqrt(pixels));
  while (pixels % height !== 0) height--;
  return height;
}

/** Whether the service can make a document fit that has such a problem. */
export const canFit = ({ key }: Problem): boolean => FITTING.includes(key);
const FITTING: readonly Problem['key'][] = [
  'shape',
  'layer',
  'needs_flat',
  'loss_needs_flat',
  'loss_takes_no_classes',
  'class_without_output',
  'target_not_allowed',
  'no_momentum',
  'memory',
];
