/**
 * Compares two training steps number by number, the largest difference first. It subtracts the service's numbers and
 * computes none.
 */

import type { Trace } from '../api/types';
import { shapeOf, type Tensor, tensorAt, unravel } from './lookup';
import { gradientOf } from './refs';

export type Kind = 'given' | 'output' | 'gradient';
export const KINDS: readonly Kind[] = ['given', 'output', 'gradient'];

export interface Difference {
  ref: string;
  before: number;
  now: number;
  by: number;
}

export interface Differences {
  /** The largest differences. */
  rows: Difference[];
  /** The number of differences. */
  count: number;
  /** The number of compared pairs. */
  compared: number;
  /** The number of values without a counterpart: another layer, another shape. */
  alone: { before: number; now: number };
}

/** Compares the numbers that both steps have, of one kind or of all kinds. */
export function differences(before: Trace, now: Trace, kind: Kind | 'all', most: number): Differences {
  const found: Differences = { rows: [], count: 0, compared: 0, alone: { before: 0, now: 0 } };
  const names = new Map([...tensorsOf(before), ...tensorsOf(now)].filter(([, own]) => kind === 'all' || kind === own));
  for (const name of names.keys()) compare(found, name, tensorAt(before, name), tensorAt(now, name), most);
  found.rows = largest(found.rows, most);
  return found;
}

/** The names of all tensors of a step, in the order of the network, with their kinds. */
function tensorsOf({ layers }: Trace): [string, Kind][] {
  return [
    ['loss', 'output'],
    ['lr', 'given'],
    ['x', 'given'],
    ['y', 'given'],
    ['x.grad', 'gradient'],
    ...layers.flatMap(({ output, parameters }): [string, Kind][] => [
      ...parameters.flatMap((name): [string, Kind][] => [
        [name, 'given'],
        [gradientOf(name), 'gradient'],
      ]),
      [output, 'output'],
      [gradientOf(output), 'gradient'],
    ]),
  ];
}

function compare(
  found: Differences,
  name: string,
  before: Tensor | undefined,
  now: Tensor | undefined,
  most: number,
): void {
  const shapes = [before, now].map((tensor) => (tensor === undefined ? null : shapeOf(tensor)));
  const [old, own] = shapes;
  if (!old || !own || String(old) !== String(own)) {
    found.alone.before += old ? sizeOf(old) : 0;
    found.alone.now += own ? sizeOf(own) : 0;
    return;
  }
  const size = sizeOf(own);
  const [one, other] = [flat(before), flat(now)];
  for (let place = 0; place < size; place++) {
    const [was, is] = [one[place] as number | undefined, other[place] as number | undefined];
    // Of a large batch each trace has the numbers of one sample only.
    if (was === undefined || is === undefined) {
      found.alone.before += Number(was !== undefined);
      found.alone.now += Number(is !== undefined);
      continue;
    }
    found.compared++;
    if (Object.is(was, is)) continue;
    found.count++;
    const index = unravel(place, own);
    found.rows.push({ ref: index.length ? `${name}[${index}]` : name, before: was, now: is, by: is - was });
    // Only the largest are kept during the comparison, which may find a hundred thousand.
    if (found.rows.length >= 4 * most) found.rows = largest(found.rows, most);
  }
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

const flat = (tensor: unknown): unknown[] => (Array.isArray(tensor) ? tensor.flat(Number.POSITIVE_INFINITY) : [tensor]);

function largest(rows: readonly Difference[], most: number): Difference[] {
  return [...rows].sort((one, other) => sizeBy(other) - sizeBy(one) || 0).slice(0, most);
}

/** A change to or from NaN counts as the largest. */
const sizeBy = ({ by }: Difference): number =>
  Number.isNaN(by) ? Number.MAX_VALUE : Math.min(Math.abs(by), Number.MAX_VALUE);
