import type { Nonfinite } from '../api/types';

/** JSON that keeps every float64: JSON.stringify would write −0 as 0. */
export function toJson(value: unknown): string {
  return hasMinusZero(value) ? written(value) : JSON.stringify(value);
}

const cache = new WeakMap<object, string>();

/** The JSON of a document, which is immutable: it is written once and cached. */
export function documentJson(document: object): string {
  const text = cache.get(document) ?? toJson(document);
  cache.set(document, text);
  return text;
}

function hasMinusZero(value: unknown): boolean {
  if (typeof value === 'number') return Object.is(value, -0);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasMinusZero);
}

function written(value: unknown): string {
  if (Object.is(value, -0)) return '-0.0';
  if (Array.isArray(value))
    return `[${value.map((entry) => (entry === undefined ? 'null' : written(entry))).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${written(entry)}`).join(',')}}`;
}

/** Immutable edits of JSON trees, addressed by JSON pointers ("/layers/0/w/1/0"). */

type Tree = Record<string, unknown>;

/** A copy with one entry replaced; everything off its path is shared. */
export function setAt<T>(tree: T, pointer: string, value: unknown): T {
  return set(tree, steps(pointer), value) as T;
}

export function getAt(tree: unknown, pointer: string): unknown {
  return steps(pointer).reduce<unknown>((entry, key) => (entry as Tree | undefined)?.[key], tree);
}

function steps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function set(tree: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(tree)) return tree.map((entry, place) => (String(place) === key ? set(entry, rest, value) : entry));
  return { ...(tree as Tree), [key]: set((tree as Tree | null)?.[key], rest, value) };
}

/** One operation of a JSON Patch (RFC 6902), as the service sends it. */
export interface Operation {
  op: 'remove' | 'replace';
  path: string;
  value?: unknown;
}

/** A copy with the operations applied in order. */
export const patched = <T>(tree: T, patch: readonly Operation[]): T =>
  patch.reduce((now, { op, path, value }) => (op === 'remove' ? removeAt(now, path) : setAt(now, path, value)), tree);

/** A copy without one entry of a list. */
function removeAt<T>(tree: T, pointer: string): T {
  const end = pointer.lastIndexOf('/');
  const [list, place] = [pointer.slice(0, end), Number(pointer.slice(end + 1))];
  return setAt(tree, list, (getAt(tree, list) as unknown[]).toSpliced(place, 1));
}

/** Whether two JSON trees are equal, number by number to the last bit; the order of keys does not matter. */
export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  // A large network has millions of entries; a string key for each would be too expensive.
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((entry, place) => same(entry, other[place]));
  }
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && same(at(one, key), at(other, key)))
  );
}

/** The first tree, with every part that equals its counterpart taken from the second, so that both share it. */
export function sharing<Tree extends object>(tree: Tree, other: Tree): Tree {
  const shared = Object.entries(other).filter(([name, part]) => same(at(tree, name), part));
  return { ...tree, ...Object.fromEntries(shared) };
}

/** Whether the second tree contains everything in the first; lists are compared as a whole. */
export function within(part: unknown, whole: unknown): boolean {
  if (!isObject(part) || !isObject(whole)) {
    return Array.isArray(part) && Array.isArray(whole)
      ? part.length === whole.length && part.every((entry, place) => within(entry, whole[place]))
      : same(part, whole);
  }
  return Object.keys(part).every((key) => Object.hasOwn(whole, key) && within(part[key], whole[key]));
}

const isObject = (tree: unknown): tree is Record<string, unknown> =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree);

const at = (tree: object, key: string): unknown => (tree as Record<string, unknown>)[key];

/** JSON has no NaN and no infinity; the service writes null and names the places. This restores the true values. */

const KINDS = { nan: Number.NaN, '+inf': Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY };

export function revive<Answer extends { nonfinite: Nonfinite[] }>(answer: Answer): Answer {
  return answer.nonfinite.reduce((tree, { path, kind }) => setAt(tree, path, KINDS[kind]), answer);
}
