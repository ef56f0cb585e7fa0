/** The loss and its gradient as equations: each loss is written out. */

import type { Trace } from '../api/types';
import { hasProbabilities } from '../lookup';
import { el, FIXED, mi, mn, mo, row, upright } from '../maths/markup';
import type { Equation } from './equations';
import { imagesOf } from './images';
import { type Matrix, matrixOf } from './matrix';
import {
  APART,
  ARROW,
  CLOSE,
  COMMA,
  EQUALS,
  fraction,
  infix,
  LOG,
  MINUS,
  OPEN,
  OVER_ALL,
  OVER_N,
  operand,
  type Part,
  PLUS,
  PRIME,
  SUM,
  sign,
  TIMES,
} from './parts';

const BAR = mo('|', FIXED);
const SQUARED = el('msup', CLOSE, mn('2'));
const RHO = mi('ρ');

/** What stands around Ŷ − Y in a loss, and in its gradient. M counts all entries. */
interface Written {
  loss: [before: Part, after: Part];
  gradient: [before: Part, after: Part] | null;
}

const WRITTEN: Readonly<Record<string, Written>> = {
  half_squared_error: {
    loss: [sign(fraction(mn('1'), mn('2')), SUM, OPEN), sign(SQUARED)],
    gradient: null,
  },
  mean_squared_error: {
    loss: [sign(OVER_ALL, SUM, OPEN), sign(SQUARED)],
    gradient: [sign(fraction(mn('2'), mi('M')), OPEN), sign(CLOSE)],
  },
  mean_absolute_error: {
    loss: [sign(OVER_ALL, SUM, BAR), sign(BAR)],
    gradient: [sign(OVER_ALL, upright('sign'), OPEN), sign(CLOSE)],
  },
  huber: {
    loss: [sign(OVER_ALL, SUM, RHO, OPEN), sign(CLOSE)],
    gradient: [sign(OVER_ALL, row(RHO, PRIME), OPEN), sign(CLOSE)],
  },
};

const at = { layer: null } as const;

export function lossEquations(trace: Trace): Equation[] {
  const last = trace.layers.at(-1);
  const matrix = (ref: string) => matrixOf(trace, ref) ?? imagesOf(trace, ref);
  const [output, truth] = [matrix(`${last?.name}.output`), matrix('y')];
  const gradient = matrix(`${last?.name}.output.grad`);
  if (!output || !truth || !gradient) return [];
  const p = hasProbabilities(trace) ? matrix('loss.p') : null;
  if (p) return crossEntropyOf(trace, { output, truth, gradient, p });
  const written = WRITTEN[trace.loss.type];
  const difference = [operand(output, 'cell'), MINUS, operand(truth, 'cell')];
  const compared = [operand(output, 'cell'), sign(COMMA), operand(truth, 'cell')];
  const loss = written
    ? [EQUALS, written.loss[0], ...difference, written.loss[1]]
    : [EQUALS, sign(mi('L'), OPEN), ...compared, sign(CLOSE)];
  const [before, after] = written?.gradient ?? [];
  const back = written
    ? [EQUALS, ...(before ? [before] : []), ...difference, ...(after ? [after] : [])]
    : [ARROW, ...compared];
  return [
    { ...at, id: 'loss', kind: 'loss', pass: 'loss', parts: [{ kind: 'loss' }, ...loss] },
    { ...at, id: 'loss gradient', kind: 'lossGradient', pass: 'backward', parts: [operand(gradient, 'cell'), ...back] },
  ];
}

/** The cross entropies go through probabilities: P = softmax(Ŷ) or σ(Ŷ), ℓ = −Σ Y ⊙ log P / N, and (P − Y) / N. */
function crossEntropyOf(
  trace: Trace,
  { output, truth, gradient, p }: Record<'output' | 'truth' | 'gradient' | 'p', Matrix>,
): Equation[] {
  const softmax = trace.loss.type === 'softmax_cross_entropy';
  const way = softmax ? upright('softmax') : mi('σ');
  // In a softmax, every output of a sample takes part in each probability of it.
  const made = [operand(p, 'cell'), EQUALS, sign(way, APART), operand(output, softmax ? 'row' : 'cell')];
  const [y, chance] = [operand(truth, 'cell'), operand(p, 'cell')];
  const rest = row(OPEN, mn('1'), infix('−'));
  const summed = sign(mo('−', FIXED), OVER_N, SUM);
  const compared = softmax
    ? [EQUALS, summed, y, sign(TIMES, LOG), chance]
    : [
        ...[EQUALS, summed, y, sign(TIMES, LOG), chance],
        ...[PLUS, sign(rest), y, sign(CLOSE, TIMES, LOG, rest), chance, sign(CLOSE)],
      ];
  // Only of shares of one is the softmax's gradient this difference.
  const whole =
    !softmax || truth.values.every((one) => Math.abs(one.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
  const back = whole
    ? [EQUALS, sign(OVER_N, OPEN), chance, MINUS, y, sign(CLOSE)]
    : [ARROW, chance, sign(COMMA), operand(truth, 'row')];
  return [
    { ...at, id: 'probabilities', kind: 'probabilities', pass: 'loss', parts: made },
    { ...at, id: 'loss', kind: 'loss', pass: 'loss', parts: [{ kind: 'loss' }, ...compared] },
    { ...at, id: 'loss gradient', kind: 'lossGradient', pass: 'backward', parts: [operand(gradient, 'cell'), ...back] },
  ];
}
