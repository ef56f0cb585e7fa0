/** One training step as equations of matrices, in the order in which it happens. Pure: it tells which tensors stand where. */

import type { LayerTrace, Trace } from '../api/types';
import { el, mi, mo, row, TIGHT } from '../maths/markup';
import { samplesOf } from '../rows';
import { type Convolution, convolutionOf, imagesOf } from './images';
import { lossEquations } from './loss-equations';
import { type Matrix, matrixOf } from './matrix';
import { normalizationOf } from './normalizations';
import { ARROW, CLOSE, EQUALS, MINUS, OPEN, operand, type Part, PLUS, SUM, sign, TIMES } from './parts';
import { poolOf } from './pools';
import { reshapingOf } from './reshaping';
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
  /** Of a normalization: μ, σ², x̂, and what is made of them; what is learnt of γ and β. */
  | 'mean'
  | 'variance'
  | 'normalized'
  | 'output'
  | 'gamma'
  | 'beta'
  | 'images';
export type Pass = 'forward' | 'loss' | 'backward' | 'update';

export interface Equation {
  id: string;
  kind: Kind;
  pass: Pass;
  /** `null` for the loss. */
  layer: LayerTrace | null;
  /** The parameter that is updated. */
  parameter?: string;
  parts: Part[];
}

/** Whether a layer is a function of each entry by itself, with a slope at each. */
const isFunction = ({ activation }: LayerTrace): boolean => activation !== null;

/** The factors that a layer has drawn, and multiplies its inputs by. */
const maskOf = (trace: Trace, layer: LayerTrace): Matrix | null =>
  layer.kept.includes(`${layer.name}.mask`) ? matrixFor(trace, layer, `${layer.name}.mask`) : null;

const OVER_SAMPLES = el('munder', SUM, mi('n'));
/** Over the rows of the image too. */
const OVER_PLACES = el('munder', SUM, row(mi('n'), mo(',', TIGHT), mi('r'), mo(',', TIGHT), mi('s')));

export function equationsOf(trace: Trace): Equation[] {
  const forward = trace.layers.flatMap((layer) => forwardOf(trace, layer));
  const backward = trace.layers.toReversed().flatMap((layer) => backwardOf(trace, layer));
  return [...forward, ...lossEquations(trace), ...backward, ...updateEquations(trace)];
}

function forwardOf(trace: Trace, layer: LayerTrace): Equation[] {
  const normalization = normalizationOf(trace, layer);
  return normalization ? normalization.forward : [oneForward(trace, layer)];
}

/** All that a layer without steps of its own makes of its inputs. */
function oneForward(trace: Trace, layer: LayerTrace): Equation {
  const { name } = layer;
  const [output, input] = [matrixFor(trace, layer, `${name}.output`), matrixFor(trace, layer, `${name}.input`)];
  const images: Equation = { id: `${name} images`, kind: 'images', pass: 'forward', layer, parts: [] };
  const convolution = convolutionOf(trace, layer);
  if (convolution) {
    const bias = matrixOf(trace, `${name}.b`);
    const product = [operand(convolution.windows, 'row'), operand(convolution.filters(`${name}.w`), 'column')];
    const parts = [operand(convolution.output, 'cell'), EQUALS, ...product];
    const all = bias ? [...parts, PLUS, operand(bias, 'column')] : parts;
    return { id: `${name} forward`, kind: 'forward', pass: 'forward', layer, parts: all };
  }
  const shaped = poolOf(trace, layer) ?? reshapingOf(trace, layer);
  if (shaped) return { id: `${name} forward`, kind: 'activation', pass: 'forward', layer, parts: shaped.forward };
  if (!output || !input) return images;
  if (!layer.joins) {
    const mask = maskOf(trace, layer);
    if (mask) {
      const parts = [operand(output, 'cell'), EQUALS, operand(mask, 'cell'), sign(TIMES), operand(input, 'cell')];
      return { id: `${name} forward`, kind: 'activation', pass: 'forward', layer, parts };
    }
    const meets = isFunction(layer) ? 'cell' : 'row';
    const parts = [operand(output, 'cell'), EQUALS, sign(activationMath(layer)), operand(input, meets)];
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
  const { name } = layer;
  const convolution = convolutionOf(trace, layer);
  if (convolution) return convolutionBackward(trace, layer, convolution);
  const normalization = normalizationOf(trace, layer);
  if (normalization) return normalization.backward;
  const at = { pass: 'backward', layer } as const;
  const shaped = poolOf(trace, layer) ?? reshapingOf(trace, layer);
  if (shaped) return [{ ...at, id: `${name} back`, kind: 'back', parts: shaped.back }];
  const [passed, nabla] = [`${name}.input.grad`, `${name}.output.grad`].map((ref) => matrixFor(trace, layer, ref));
  const input = matrixFor(trace, layer, `${name}.input`);
  if (!passed || !nabla || !input) return [];
  if (layer.joins) return linearBackward(trace, layer, passed, nabla);
  const through: Part[] = isFunction(layer)
    ? [EQUALS, operand(nabla, 'cell'), sign(TIMES, activationMath(layer, PRIME)), operand(input, 'cell')]
    : (throughRows(trace, layer, nabla) ?? [ARROW, operand(nabla, 'row')]);
  return [{ ...at, id: `${name} back`, kind: 'back', parts: [operand(passed, 'cell'), ...through] }];
}

/** Dropout hands back what it let through; of a softmax each input takes part in all outputs of its row. */
function throughRows(trace: Trace, layer: LayerTrace, nabla: Matrix): Part[] | null {
  const mask = maskOf(trace, layer);
  if (mask) return [EQUALS, operand(mask, 'cell'), sign(TIMES), operand(nabla, 'cell')];
  const output = layer.squashes === 'softmax' ? matrixOf(trace, layer.output) : null;
  if (!output) return null;
  const own = operand(output, 'cell');
  const shared = [sign(el('munder', SUM, mi('k'))), operand(nabla, 'row'), sign(TIMES), operand(output, 'row')];
  return [EQUALS, own, sign(TIMES, OPEN), operand(nabla, 'cell'), MINUS, ...shared, sign(CLOSE)];
}

/** A function of each entry by itself works on images as it does on rows. */
function matrixFor(trace: Trace, { elementwise }: LayerTrace, ref: string): Matrix | null {
  return matrixOf(trace, ref) ?? (elementwise ? imagesOf(trace, ref) : null);
}

function convolutionBackward(trace: Trace, layer: LayerTrace, of: Convolution): Equation[] {
  const { name } = layer;
  const at = { pass: 'backward', layer } as const;
  // Of a batch the summand of the shown sample is there.
  const summed = samplesOf(trace.document) > 1 ? [EQUALS, sign(OVER_SAMPLES)] : [EQUALS];
  const b = matrixOf(trace, `${name}.b.grad`);
  const law1 = [
    operand(of.filters(`${name}.w.grad`), 'cell'),
    ...summed,
    operand(of.windowsTurned, 'row'),
    operand(of.gradient, 'column'),
  ];
  const law2 = [operand(of.passed, 'cell'), EQUALS, operand(of.gradientWindows, 'row'), operand(of.turned, 'column')];
  const ones = b ? [operand(b, 'cell'), EQUALS, sign(OVER_PLACES), operand(of.gradient, 'column')] : [];
  return [
    { ...at, id: `${name} weights`, kind: 'weights', parts: law1 },
    ...(b ? [{ ...at, id: `${name} biases`, kind: 'biases', parts: ones } as const] : []),
    { ...at, id: `${name} inputs`, kind: 'inputs', parts: law2 },
  ];
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
