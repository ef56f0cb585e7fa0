/** The update as an equation of each parameter, by the rule of its optimizer. */

import type { LayerTrace, Trace } from '../api/types';
import { isFrozen } from '../given';
import { parametersOf } from '../lookup';
import { el, FIXED, type MathElement, mi, mn, mo, row } from '../maths/markup';
import type { Equation } from './equations';
import { channelsOf, convolutionOf } from './images';
import { matrixOf } from './matrix';
import { CLOSE, EQUALS, fraction, infix, MINUS, OPEN, operand, type Part, PLUS, ROOT, sign } from './parts';

const ETA = mi('η');
const LAMBDA = mi('λ');
const OVER = infix('⊘');
/** β₁ᵗ or β₂ᵗ, taken from 1. */
const corrected = (number: string): MathElement =>
  row(mn('1'), infix('−'), el('msubsup', mi('β'), mn(number), mi('t')));

export function updateEquations(trace: Trace): Equation[] {
  return trace.layers.flatMap((layer) =>
    parametersOf(layer).flatMap(([part]) => {
      const parts = updateOf(trace, layer, part);
      const id = `${layer.name} ${part} update`;
      return parts ? [{ id, kind: 'update', pass: 'update', layer, parameter: part, parts } as const] : [];
    }),
  );
}

function updateOf(trace: Trace, layer: LayerTrace, part: string): Part[] | null {
  const ref = `${layer.name}.${part}`;
  const convolution = convolutionOf(trace, layer);
  const matrix = (tensor: string) =>
    matrixOf(trace, tensor) ?? convolution?.filters(tensor) ?? channelsOf(trace, tensor);
  const [before, after, slope] = [matrix(ref), matrix(`${ref}.next`), matrix(`${ref}.grad`)];
  if (!before || !after || !slope) return null;
  const [was, gradient] = [operand(before, 'cell'), operand(slope, 'cell')];
  const made = [operand(after, 'cell'), EQUALS];
  if (isFrozen(trace, ref)) return [...made, was];
  const { optimizer } = trace.document;
  const decay = (optimizer.weight_decay ?? 0) > 0;
  // With weight decay the gradient is g = ∂ℓ/∂w + λw.
  const decayed = decay ? [sign(OPEN), gradient, PLUS, sign(LAMBDA), was, sign(CLOSE)] : [gradient];
  const kept = (state: string): Part[] => {
    const found = matrix(`${ref}.${state}.next`);
    return found ? [operand(found, 'cell')] : [];
  };
  const start = [...made, was, MINUS];
  switch (optimizer.type) {
    case 'sgd': {
      if (!optimizer.momentum) return [...start, sign(ETA), ...decayed];
      if (!optimizer.nesterov) return [...start, sign(ETA), ...kept('velocity')];
      const terms = decay ? [gradient, PLUS, sign(LAMBDA), was] : [gradient];
      return [...start, sign(ETA, OPEN), ...terms, PLUS, sign(mi('μ')), ...kept('velocity'), sign(CLOSE)];
    }
    case 'rmsprop':
      return [...start, sign(ETA), ...decayed, sign(OVER, OPEN, ROOT), ...kept('square'), ...epsilon(CLOSE)];
    default: {
      const shrunk = optimizer.type === 'adamw' && decay ? [sign(ETA, LAMBDA), was, MINUS] : [];
      return [
        ...[...start, ...shrunk, sign(fraction(ETA, corrected('1'))), ...kept('mean')],
        ...[sign(OVER, OPEN, ROOT, OPEN), ...kept('square')],
        ...[sign(mo('/', FIXED), OPEN, corrected('2'), CLOSE, CLOSE), ...epsilon(CLOSE)],
      ];
    }
  }
}

const epsilon = (close: MathElement): Part[] => [PLUS, sign(mi('ε'), close)];
