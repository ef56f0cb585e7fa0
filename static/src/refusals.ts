/** Why the service refused something, in the page's words, and what helps. */

import type { NetworkDocument, Problem } from './api/types';
import { inRows, type Rows, rowsOf, withRows } from './rows';
import { texts } from './texts';
import { getAt, setAt } from './tree';

const words = texts.refusals;

export const wordings: Readonly<Record<Problem['key'] | 'suggested' | 'limit_unknown', string>> = words.kinds;

/** The whole sentence, with the place where it is not said at its own. */
export function sayProblem(problem: Problem, document: NetworkDocument | null = null): string {
  const { key, values = {}, where, limit, asked, allowed, suggestion } = problem;
  const kind =
    key === 'unknown' && suggestion ? 'suggested' : key === 'limit' && asked === null ? 'limit_unknown' : key;
  const place = placeOf(where ?? '', document);
  const expected = (words.expected as Record<string, string>)[String(values.expected)];
  const most = (words.limits as Record<string, string>)[limit ?? ''] ?? words.limits.other;
  return written(wordings[kind] ?? wordings.request, { ...values, place, expected, most, asked, allowed, suggestion });
}

function written(wording: string, values: Readonly<Record<string, unknown>>): string {
  return wording.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (Array.isArray(value)) return value.join(' × ');
    return typeof value === 'number' ? value.toLocaleString(texts.lang) : String(value ?? '');
  });
}

/** A place of the document as a person calls it: "Learning rate", "Width of fc_1", "The targets". */
function placeOf(where: string, document: NetworkDocument | null): string {
  const [, part = '', ...inner] = inRows(where).split('/');
  const names: Record<string, string | undefined> = words.places;
  const field = (part === 'layers' ? inner[1] : inner[0]) ?? '';
  const fields: Record<string, string | undefined> = texts.build.fields;
  const named = fields[field];
  if (part !== 'layers')
    return (part === 'optimizer' || part === 'loss' ? named : undefined) ?? names[part] ?? names[''] ?? '';
  const place = Number(inner[0]);
  if (!Number.isInteger(place) || inner[0] === undefined) return names.layers ?? '';
  const layer = document?.layers[place]?.name ?? `${texts.refusals.layer} ${place + 1}`;
  const own = field === 'type' ? texts.build.layers.kind : named;
  return own ? written(words.fieldOf, { field: own, layer }) : layer;
}

export interface Way {
  title: string;
  /** The document as it is advised. */
  document: NetworkDocument;
  /** What of it cannot be kept is to follow. */
  fits: boolean;
}

/** What helps against a problem of a document: `edited` is what a person changed last. */
export function wayOut(problem: Problem, document: NetworkDocument, edited: string): Way | null {
  const { key, values = {}, where, limit, allowed, suggestion } = problem;
  const pointer = where ?? '';
  const use = (at: string, value: unknown): Way => ({
    title: written(words.ways.use, { value }),
    document: setAt(document, at, value),
    fits: true,
  });
  if (key === 'unknown' && suggestion && values.what === 'name') return use(pointer, suggestion);
  if ((key === 'at_least' || key === 'at_most') && typeof values.bound === 'number') return use(pointer, values.bound);
  if (key === 'limit' && limit === 'MAX_BATCH' && allowed !== null) {
    const { x, y } = rowsOf(document);
    const cut = withRows(document, { x: x.slice(0, allowed), y: y.slice(0, allowed) } as Rows);
    return { title: written(words.ways.first, { value: allowed }), document: cut, fits: true };
  }
  if (key === 'limit' && allowed !== null && typeof getAt(document, pointer) === 'number') return use(pointer, allowed);
  const needed = values.outputs;
  if (typeof needed === 'number' && typeof getAt(document, edited) === 'number') return use(edited, needed);
  return null;
}

/** Whether the service can make a document fit that has such a problem. */
export const canFit = ({ key }: Problem): boolean => FITTING.includes(key);
const FITTING: readonly Problem['key'][] = [
  'shape',
  'layer',
  'needs_flat',
  'needs_image',
  'loss_needs_flat',
  'loss_takes_no_classes',
  'class_without_output',
  'no_momentum',
  'memory',
];
