/** The page's words as a flat list; functions among them are called with possible arguments. */

import type { Part, Sentence } from '@/maths/sentences';

type Function = (...given: unknown[]) => unknown;

/** Every entry with its path of keys; a function is an entry, too. */
export function entries(words: unknown, way = ''): [string, string | Function][] {
  if (typeof words === 'string' || typeof words === 'function') return [[way, words as string | Function]];
  if (!words || typeof words !== 'object') return [];
  return Object.entries(words).flatMap(([key, inner]) => entries(inner, way ? `${way}.${key}` : key));
}

/** A sentence without its live numbers and symbols, which are not words of the page. */
export const asText = (told: unknown): string =>
  typeof told === 'string' ? told : (told as Sentence).map((part) => (typeof part === 'string' ? part : '§')).join('');

/** The numbers and symbols in a sentence that link to their formulas. */
export const links = (told: unknown): string[] =>
  (Array.isArray(told) ? (told as Part[]) : [])
    .filter((part) => typeof part === 'object')
    .map((part) => JSON.stringify(part))
    .sort();

/** The markers for the argument at a position, one for each of its possible kinds. */
const KINDS: readonly ((place: number) => unknown)[] = [
  (place) => `Q${place}Z`,
  (place) => 23 + place * 10,
  (place) => ({ symbol: `w_${place + 1}^(1)`, ref: `part_${place}` }),
  (place) => [{ value: 23 + place * 10, ref: `sentence_${place}` }],
  (place) => [71 + place, 81 + place],
  () => 1,
  () => 0,
  () => null,
  () => false,
];

/** All lists of arguments, uniform or with one exception, for which the English function returns a text. */
export function calls(english: Function): unknown[][] {
  const places = Array.from({ length: english.length }, (_, place) => place);
  const lists = KINDS.flatMap((usual) => [
    places.map(usual),
    ...places.flatMap((place) => KINDS.map((kind) => places.map((one) => (one === place ? kind : usual)(one)))),
  ]);
  return lists.filter((given) => isText(called(english, given)));
}

export function called(told: Function, given: readonly unknown[]): unknown {
  try {
    return told(...given);
  } catch {
    return undefined;
  }
}

/** A valid text: it contains no trace of its construction, and a sentence contains only its parts. */
export function isText(told: unknown): told is string | Sentence {
  if (typeof told === 'string') return !/\[object|undefined|null|false|NaN/.test(told);
  return Array.isArray(told) && told.every(isPart);
}

const isPart = (part: unknown): boolean =>
  (typeof part === 'string' && isText(part)) ||
  (part !== null &&
    typeof part === 'object' &&
    ('symbol' in part || ('value' in part && typeof part.value === 'number')));

/** The markers of the arguments that a text contains: they are all different. */
export const markers = (text: string): string[] => [...new Set(text.match(/Q\dZ|\b[2378]\d\b/g) ?? [])].sort();
