/**
 * Pools as matrices: a row for each window of each channel, one after the other, with what it sees ("im2col"). An average pool is its
 * product with a column of equal shares; of a max pool the chosen number of each row is marked. On the way back a row is what a pixel
 * gets from the windows that it lies in.
 */

import type { LayerTrace, Trace } from '../api/types';
import { entryAt, shapesOf, type Tensor, unravel } from '../lookup';
import { el, mi, mo, upright } from '../maths/markup';
import { texts } from '../texts';
import { type Choice, type Layout, MOST, matrixAt, type Places } from './images';
import type { Matrix } from './matrix';
import { APART, EQUALS, operand, type Part, SUM, sign } from './parts';

export interface Pool {
  forward: Part[];
  back: Part[];
}

/** `null` where the layer is no pool, or too large. */
export function poolOf(trace: Trace, layer: LayerTrace): Pool | null {
  const { name, unrolled } = layer;
  if (!unrolled || (unrolled.share === null && !unrolled.chosen)) return null;
  const { share, chosen } = unrolled;
  const { input: inside, output: outside } = shapesOf(trace, layer);
  const area = (unrolled.output.rows[0]?.length ?? 1) * (unrolled.output.columns[0]?.length ?? 1);
  if (Math.max(sizeOf(inside), sizeOf(outside)) * area > MOST) return null;
  const make = (ref: string, layout: Layout) => matrixAt(trace, `${name}.${ref}`, layout);
  const column = (ref: string, shape: readonly number[]) =>
    make(ref, { rows: sizeOf(shape), columns: 1, at: (place) => [trace.sample, ...unravel(place, shape)] });
  const windows = (ref: string, shape: readonly number[], places: Places, choice?: Layout['choice']) =>
    make(ref, {
      rows: sizeOf(shape),
      columns: area,
      at: (place, tap) => seenBy(trace.sample, shape, places, place, tap),
      form: 'windows',
      ...(choice && { choice }),
    });
  const choiceOf = (index: readonly number[], tap: number): Choice | null => {
    const found = chosen ? entryAt(chosen as Tensor, index) : undefined;
    return typeof found === 'number' ? { by: `${name}.output[${index}]`, chosen: found === tap } : null;
  };
  const [seen, given] = [
    windows('input', outside, unrolled.output, (place, tap) =>
      choiceOf([trace.sample, ...unravel(place, outside)], tap),
    ),
    windows('output.grad', inside, unrolled.input_gradient, (place, tap) => {
      const window = seenBy(trace.sample, inside, unrolled.input_gradient, place, tap);
      return window && choiceOf(window, tap);
    }),
  ];
  const [output, passed] = [column('output', outside), column('input.grad', inside)].map((one) => [
    operand(one, 'cell'),
    EQUALS,
  ]) as [Part[], Part[]];
  if (share === null) {
    return {
      forward: [...output, sign(el('munder', upright('max'), mi('t')), APART), operand(seen, 'row')],
      back: [...passed, sign(el('munder', SUM, upright(texts.matrices.chosen))), operand(given, 'row')],
    };
  }
  const shares = [sign(mo('·', { form: 'infix' })), operand(sharesOf(trace, share, area), 'column')];
  return {
    forward: [...output, operand(seen, 'row'), ...shares],
    back: [...passed, operand(given, 'row'), ...shares],
  };
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, one) => size * one, 1);

/** What a window of a channel sees at one of its places; `null` for nothing. */
function seenBy(sample: number, shape: readonly number[], places: Places, place: number, tap: number): number[] | null {
  const [c = 0, r = 0, s = 0] = unravel(place, shape);
  const across = places.columns[s] ?? [];
  const line = places.rows[r]?.[Math.floor(tap / across.length)] ?? null;
  const column = across[tap % across.length] ?? null;
  return line === null || column === null ? null : [sample, c, line, column];
}

/** A column of 1/k for each place of a window: no number of the network, and the same for all. */
function sharesOf(trace: Trace, share: number, count: number): Matrix {
  const constant = matrixAt(trace, '', { rows: count, columns: 1, at: () => null, form: 'share' });
  return { ...constant, values: Array.from({ length: count }, () => [share]) };
}
