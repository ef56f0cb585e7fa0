/** Immutable edits of JSON trees, addressed by JSON pointers ("/layers/0/w/1/0"). */

type Tree = Record<string, unknown>;

/** A copy with one entry replaced; everything beside its path is shared. */
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
