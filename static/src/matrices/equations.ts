/** One training step as equations of matrices, in the order in which it happens. Pure: it tells which tensors stand where. */

import type { LayerTrace, Trace } from '../api/types';
import { el, mi } from '../maths/markup';
import { lossEquations } from './loss-equations';
import { type Matrix, matrixOf } from './matrix';
import { ARROW, EQUALS, operand, type Part, PLUS, SUM, sign, TIMES } from './parts';
import { activationMath, PRIME } from './signs';
import { updateEquations } from './update-equations';

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
  | 'update'
  | 'images';
export type Pass = 'forward' | 'loss' | 'backward' | 'update';

export interface Equation {
  id: string;
  kind: Kind;
  pass: Pass;
  /** `null` for the loss. */
  layer: LayerTrace | null;
  parts: Part[];
}

const ELEMENTWISE: ReadonlySet<string> = new Set(['ReLu', 'LeakyReLu', 'ELU', 'GELU', 'Softplus', 'Sigmoid', 'Tanh']);

const OVER_SAMPLES = el('munder', SUM, mi('n'));

export function equationsOf(trace: Trace): Equation[] {
  const forward = trace.layers.map((layer) => forwardOf(trace, layer));
  const backward = trace.layers.toReversed().flatMap((layer) => backwardOf(trace, layer));
  return [...forward, ...lossEquations(trace), ...backward, ...updateEquations(trace)];
}

function forwardOf(trace: Trace, layer: LayerTrace): Equation {
  const { name, type } = layer;
  const [output, input] = [matrixOf(trace, `${name}.output`), matrixOf(trace, `${name}.input`)];
  const images: Equation = { id: `${name} images`, kind: 'images', pass: 'forward', layer, parts: [] };
  if (!output || !input) return images;
  if (type !== 'Linear') {
    const meets = ELEMENTWISE.has(type) ? 'cell' : 'row';
    const parts = [operand(output, 'cell'), EQUALS, sign(activationMath(type)), operand(input, meets)];
    return { id: `${name} forward`, kind: 'activation', pass: 'forward', layer, parts };
  }
  const [w, b] = [matrixOf(trace, `${name}.w`), matrixOf(trace, `${name}.b`)];
  if (!w) return images;
  const parts = [operand(output, 'cell'), EQUALS, operand(input, 'row'), operand(w, 'column')];
  return {
    id: `${name} forward`,
    kind: 'forward',
    pass: 'forward',
    layer,
    parts: b ? [...parts, PLUS, operand(b, 'column')] : parts,
  };
}

function backwardOf(trace: Trace, layer: LayerTrace): Equation[] {
  const { name, type } = layer;
  const [passed, nabla] = [matrixOf(trace, `${name}.input.grad`), matrixOf(trace, `${name}.output.grad`)];
  const input = matrixOf(trace, `${name}.input`);
  if (!passed || !nabla || !input) return [];
  const at = { pass: 'backward', layer } as const;
  if (type === 'Linear') return linearBackward(trace, layer, passed, nabla);
  const through: Part[] = ELEMENTWISE.has(type)
    ? [EQUALS, operand(nabla, 'cell'), sign(TIMES, activationMath(type, PRIME)), operand(input, 'cell')]
    : [ARROW, operand(nabla, 'row')];
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
    EQUALS,
    ...(trace.sampled.length > 0 ? [sign(OVER_SAMPLES)] : []),
    operand(turned, 'row'),
    operand(nabla, 'column'),
  ];
  const law2 = [operand(passed, 'cell'), EQUALS, operand(nabla, 'row'), operand(weights, 'column')];
  return [
    { ...at, id: `${name} weights`, kind: 'weights', parts: law1 },
    ...(b ? [{ ...at, id: `${name} biases`, kind: 'biases', parts: biases(b, nabla) } as const] : []),
    { ...at, id: `${name} inputs`, kind: 'inputs', parts: law2 },
  ];
}

const biases = (b: Matrix, nabla: Matrix): Part[] => [
  operand(b, 'cell'),
  EQUALS,
  sign(OVER_SAMPLES),
  operand(nabla, 'column'),
];
/** What an equation is about: its first matrix, which the others make. The loss has none. */
export function resultOf({ parts }: Equation): Matrix | null {
  const [first] = parts;
  return first?.kind === 'matrix' ? first.matrix : null;
}
