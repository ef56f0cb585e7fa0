/** One training step as equations of matrices, in the order in which it happens. Pure: it tells which tensors stand where. */

import type { LayerTrace, Trace } from '../api/types';
import { el, FIXED, INFIX, type MathElement, mi, mn, mo, row, upright, withAttributes } from '../maths/markup';
import { type Matrix, matrixOf } from './matrix';
import { activationMath, PRIME } from './signs';

/** What meets in an entry of the result: a row or a column of an operand, or what stands at the same place. */
export type Meets = 'row' | 'column' | 'cell';

export type Part =
  | { kind: 'matrix'; matrix: Matrix; meets: Meets }
  | { kind: 'sign'; math: MathElement }
  /** The loss itself. */
  | { kind: 'loss' };

/** `weights` and `inputs` are Law 1 and Law 2; `images` is what has no matrices of this kind. */
export type Kind =
  | 'forward'
  | 'activation'
  | 'probabilities'
  | 'loss'
  | 'lossGradient'
  | 'weights'
  | 'biases'
  | 'inputs'
  | 'back'
  | 'images';
export type Pass = 'forward' | 'loss' | 'backward';

export interface Equation {
  id: string;
  kind: Kind;
  pass: Pass;
  /** `null` for the loss. */
  layer: LayerTrace | null;
  parts: Part[];
}

const ELEMENTWISE: ReadonlySet<string> = new Set(['ReLu', 'LeakyReLu', 'ELU', 'GELU', 'Softplus', 'Sigmoid', 'Tanh']);

const PLUS = mo('+', INFIX);
const MINUS = mo('−', INFIX);
const EQUALS = mo('=', INFIX);
const ARROW = mo('←', INFIX);
const TIMES = mo('⊙', INFIX);
const COMMA = mo(',', { lspace: '0', rspace: '0.3em' });
const HALF_SUM = row(EQUALS, el('mfrac', mn('1'), mn('2')), mo('∑', { movablelimits: 'false' }), mo('(', FIXED));
const OVER_N = el('mfrac', mn('1'), mi('N'));
const APART = withAttributes(el('mspace'), { width: '0.18em' });
const LOG = row(upright('log'), APART);
const REST = row(mo('(', FIXED), mn('1'), MINUS);
const SUMMED = row(EQUALS, mo('−', FIXED), OVER_N, mo('∑', { movablelimits: 'false' }));
const MEAN = row(EQUALS, OVER_N, mo('(', FIXED));
const SQUARED = el('msup', mo(')', FIXED), mn('2'));
const SUM = row(EQUALS, el('munder', mo('∑', { movablelimits: 'false' }), mi('n')));

export function equationsOf(trace: Trace): Equation[] {
  const forward = trace.layers.map((layer) => forwardOf(trace, layer));
  const backward = trace.layers.toReversed().flatMap((layer) => backwardOf(trace, layer));
  return [...forward, ...lossOf(trace), ...backward];
}

function forwardOf(trace: Trace, layer: LayerTrace): Equation {
  const { name, type } = layer;
  const [output, input] = [matrixOf(trace, `${name}.output`), matrixOf(trace, `${name}.input`)];
  const images: Equation = { id: `${name} images`, kind: 'images', pass: 'forward', layer, parts: [] };
  if (!output || !input) return images;
  if (type !== 'Linear') {
    const meets = ELEMENTWISE.has(type) ? 'cell' : 'row';
    const parts = [operand(output, 'cell'), sign(EQUALS, activationMath(type)), operand(input, meets)];
    return { id: `${name} forward`, kind: 'activation', pass: 'forward', layer, parts };
  }
  const [w, b] = [matrixOf(trace, `${name}.w`), matrixOf(trace, `${name}.b`)];
  if (!w) return images;
  const parts = [operand(output, 'cell'), sign(EQUALS), operand(input, 'row'), operand(w, 'column')];
  return {
    id: `${name} forward`,
    kind: 'forward',
    pass: 'forward',
    layer,
    parts: b ? [...parts, sign(PLUS), operand(b, 'column')] : parts,
  };
}

/** The chapter's loss is written out; of another one it is only told what it compares. */
function lossOf(trace: Trace): Equation[] {
  const last = trace.layers.at(-1);
  const [output, truth] = [matrixOf(trace, `${last?.name}.output`), matrixOf(trace, 'y')];
  const gradient = matrixOf(trace, `${last?.name}.output.grad`);
  if (!output || !truth || !gradient) return [];
  const p = trace.loss.p ? matrixOf(trace, 'loss.p') : null;
  if (p) return crossEntropyOf(trace, { output, truth, gradient, p });
  const own = trace.loss.type === 'half_squared_error';
  const both = [operand(output, 'cell'), sign(own ? MINUS : COMMA), operand(truth, 'cell')];
  const [open, close] = own ? [HALF_SUM, SQUARED] : [row(EQUALS, mi('L'), mo('(', FIXED)), mo(')', FIXED)];
  const from = own ? both : [operand(output, 'cell'), sign(COMMA), operand(truth, 'cell')];
  return [
    {
      id: 'loss',
      kind: 'loss',
      pass: 'loss',
      layer: null,
      parts: [{ kind: 'loss' }, sign(open), ...both, sign(close)],
    },
    {
      id: 'loss gradient',
      kind: 'lossGradient',
      pass: 'backward',
      layer: null,
      parts: [operand(gradient, 'cell'), sign(own ? EQUALS : ARROW), ...from],
    },
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
  const made = [operand(p, 'cell'), sign(EQUALS, way, APART), operand(output, softmax ? 'row' : 'cell')];
  const compared = softmax
    ? [sign(SUMMED), operand(truth, 'cell'), sign(TIMES, LOG), operand(p, 'cell')]
    : [
        sign(SUMMED),
        operand(truth, 'cell'),
        sign(TIMES, LOG),
        operand(p, 'cell'),
        sign(PLUS, REST),
        operand(truth, 'cell'),
        sign(mo(')', FIXED), TIMES, LOG, REST),
        operand(p, 'cell'),
        sign(mo(')', FIXED)),
      ];
  // Only of shares of one is the softmax's gradient this difference.
  const whole = !softmax || truth.values.every((row) => Math.abs(row.reduce((sum, y) => sum + y, 0) - 1) < 1e-9);
  const back = whole
    ? [sign(MEAN), operand(p, 'cell'), sign(MINUS), operand(truth, 'cell'), sign(mo(')', FIXED))]
    : [sign(ARROW), operand(p, 'cell'), sign(COMMA), operand(truth, 'row')];
  const at = { layer: null } as const;
  return [
    { ...at, id: 'probabilities', kind: 'probabilities', pass: 'loss', parts: made },
    { ...at, id: 'loss', kind: 'loss', pass: 'loss', parts: [{ kind: 'loss' }, ...compared] },
    { ...at, id: 'loss gradient', kind: 'lossGradient', pass: 'backward', parts: [operand(gradient, 'cell'), ...back] },
  ];
}

function backwardOf(trace: Trace, layer: LayerTrace): Equation[] {
  const { name, type } = layer;
  const [passed, nabla] = [matrixOf(trace, `${name}.input.grad`), matrixOf(trace, `${name}.output.grad`)];
  const input = matrixOf(trace, `${name}.input`);
  if (!passed || !nabla || !input) return [];
  const at = { pass: 'backward', layer } as const;
  if (type === 'Linear') return linearBackward(trace, layer, passed, nabla);
  const through: Part[] = ELEMENTWISE.has(type)
    ? [sign(EQUALS), operand(nabla, 'cell'), sign(TIMES, activationMath(type, PRIME)), operand(input, 'cell')]
    : [sign(ARROW), operand(nabla, 'row')];
  return [{ ...at, id: `${name} back`, kind: 'back', parts: [operand(passed, 'cell'), ...through] }];
}

function linearBackward(trace: Trace, layer: LayerTrace, passed: Matrix, nabla: Matrix): Equation[] {
  const { name } = layer;
  const [w, b] = [matrixOf(trace, `${name}.w.grad`), matrixOf(trace, `${name}.b.grad`)];
  const [turned, weights] = [matrixOf(trace, `${name}.input`, true), matrixOf(trace, `${name}.w`, true)];
  if (!w || !turned || !weights) return [];
  const at = { pass: 'backward', layer } as const;
  // Of a large batch one of the summands is there, that of the shown sample.
  const law1 = [
    operand(w, 'cell'),
    sign(trace.sampled.length > 0 ? SUM : EQUALS),
    operand(turned, 'row'),
    operand(nabla, 'column'),
  ];
  const law2 = [operand(passed, 'cell'), sign(EQUALS), operand(nabla, 'row'), operand(weights, 'column')];
  return [
    { ...at, id: `${name} weights`, kind: 'weights', parts: law1 },
    ...(b ? [{ ...at, id: `${name} biases`, kind: 'biases', parts: biases(b, nabla) } as const] : []),
    { ...at, id: `${name} inputs`, kind: 'inputs', parts: law2 },
  ];
}

const biases = (b: Matrix, nabla: Matrix): Part[] => [operand(b, 'cell'), sign(SUM), operand(nabla, 'column')];
const operand = (matrix: Matrix, meets: Meets): Part => ({ kind: 'matrix', matrix, meets });
const sign = (...math: MathElement[]): Part => ({ kind: 'sign', math: row(...math) });

/** What an equation is about: its first matrix, which the others make. The loss has none. */
export function resultOf({ parts }: Equation): Matrix | null {
  const [first] = parts;
  return first?.kind === 'matrix' ? first.matrix : null;
}
