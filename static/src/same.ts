/** Whether two JSON trees say the same, number by number to the last bit; the order of keys does not matter. */
export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  // Of a large network there are millions of entries; keys would be a text each.
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((entry, place) => same(entry, other[place]));
  }
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && same(at(one, key), at(other, key)))
  );
}

/** The first with those of its parts that say the same as in the second taken from there, so that both share them. */
export function sharing<Tree extends object>(tree: Tree, other: Tree): Tree {
  const shared = Object.entries(other).filter(([name, part]) => same(at(tree, name), part));
  return { ...tree, ...Object.fromEntries(shared) };
}

/** Whether all that the first tree says the second says too; lists are compared as a whole. */
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
