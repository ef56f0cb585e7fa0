/** Layers that only shape a sample anew: their inputs, read row by row, are the row of their outputs. */

import type { LayerTrace, Trace } from '../api/types';
import { shapesOf, unravel } from '../lookup';
import { el, mn, mo, row, TIGHT } from '../maths/markup';
import { MOST, matrixAt } from './images';
import { APART, EQUALS, operand, type Part, sign } from './parts';
import { activationMath } from './signs';

/** `null` where the inputs are rows already, and where they are too large. */
export function reshapingOf(trace: Trace, layer: LayerTrace): { forward: Part[]; back: Part[] } | null {
  const { name } = layer;
  const { input: shape, output } = shapesOf(trace, layer);
  const size = shape.reduce((product, one) => product * one, 1);
  if (layer.connects !== 'place' || shape.length < 2 || output.length !== 1 || size > MOST) return null;
  const across = shape.at(-1) ?? 1;
  const images = (ref: string) =>
    matrixAt(trace, `${name}.${ref}`, {
      rows: size / across,
      columns: across,
      at: (line, column) => [trace.sample, ...unravel(line * across + column, shape)],
    });
  const flat = (ref: string) =>
    matrixAt(trace, `${name}.${ref}`, { rows: 1, columns: size, at: (_, place) => [trace.sample, place] });
  const way = activationMath(layer);
  const [named] = way.children;
  const back = row(el('msup', named ?? way, row(mo('−', { form: 'prefix', ...TIGHT }), mn('1'))), APART);
  return {
    forward: [operand(flat('output'), 'cell'), EQUALS, sign(way), operand(images('input'), 'order')],
    back: [operand(images('input.grad'), 'cell'), EQUALS, sign(back), operand(flat('output.grad'), 'order')],
  };
}
