/** Why the service refused something, in the page's words. */

import type { NetworkDocument, Problem } from './api/types';
import { inRows } from './rows';
import { texts } from './texts';

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
  const [, part = '', at = ''] = (where ?? '').split('/');
  const layer = part === 'layers' && at ? layerAt(Number(at), document) : '';
  const all = { layer, ...values, place, expected, most, asked, allowed, suggestion };
  return written(wordings[kind] ?? wordings.request, all);
}

/** A wording with its values in the places of {placeholders}. */
export function written(wording: string, values: Readonly<Record<string, unknown>>): string {
  return wording.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (Array.isArray(value)) return value.join(' × ');
    return typeof value === 'number' ? value.toLocaleString(texts.lang) : String(value ?? '');
  });
}

const layerAt = (place: number, document: NetworkDocument | null): string =>
  document?.layers[place]?.name ?? `${words.layer} ${place + 1}`;

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
  const layer = layerAt(place, document);
  const own = field === 'type' ? texts.build.layers.kind : named;
  return own ? written(words.fieldOf, { field: own, layer }) : layer;
}

/** Whether the fault is the server's, and may be over the next time. */
export const passes = ({ key }: Problem): boolean => key === 'internal' || key === 'storage';
