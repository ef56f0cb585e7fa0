/** The title of an edit in the history: "w¹₁₂ 0.20 → 0.35". */

import type { Catalog, NetworkDocument, Trace } from '../api/types';
import type { Part, Sentence } from '../maths/sentences';
import { inRows } from '../model/given';
import { getAt } from '../model/json';
import { symbolOf } from '../model/refs';
import { texts } from '../texts';

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
  return typeof value === 'object' ? words.many : String(value);
}

/** A loss or an optimizer by its title in the menu. */
function titled(catalog: Catalog | null, choice: unknown): Part {
  const type = typeof choice === 'object' && choice !== null && 'type' in choice ? choice.type : choice;
  const options = [...(catalog?.losses ?? []), ...(catalog?.optimizers ?? [])];
  const found = options.find((option) => option.type === type);
  return found ? found.title : valuePart(type);
}
