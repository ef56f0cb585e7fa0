/**
 * Normalizations as equations of matrices. Over a batch a column is what shares μ and σ²: a feature, of images a channel with all of
 * its places. Over a layer it is a row, of images all of one sample.
 */

import type { LayerTrace, Trace } from '../api/types';
import { shapesOf, unravel } from '../lookup';
import { el, type MathElement, mi, mn, mo, row, TIGHT, upright } from '../maths/markup';
import { samplesOf } from '../rows';
import type { Equation } from './equations';
import { channelsOf, type Layout, MOST, matrixAt } from './images';
import { type Matrix, matrixOf } from './matrix';
import {
  CLOSE,
  EQUALS,
  infix,
  type Meets,
  MINUS,
  OPEN,
  OVER_ALL,
  operand,
  type Part,
  PLUS,
  ROOT,
  SUM,
  sign,
  TIMES,
} from './parts';

const OVER = infix('⊘');
const SQUARED = el('msup', CLOSE, mn('2'));
const PLUS_EPSILON = [infix('+'), mi('ε'), CLOSE];
const MEAN = upright('mean');
const indices = (...letters: string[]): MathElement =>
  el('munder', SUM, row(...letters.flatMap((letter, place) => [...(place ? [mo(',', TIGHT)] : []), mi(letter)])));

interface Parts {
  x: Matrix;
  output: Matrix;
  normalized: Matrix;
  nabla: Matrix;
  passed: Matrix;
  mean: Matrix;
  variance: Matrix;
  /** γ or β, and its gradient. */
  of: (ref: string) => Matrix | null;
  /** What of μ and σ² meets in an entry, and what of γ and β. */
  statistic: Meets;
  own: Meets;
  /** Over what is summed: for a mean, and for the gradient of a parameter. */
  over: MathElement;
  along: MathElement;
}

/** `null` where the layer is no normalization, or too large. */
export function normalizationOf(trace: Trace, layer: LayerTrace): { forward: Equation[]; backward: Equation[] } | null {
  if (!layer.kept.includes(`${layer.name}.normalized`)) return null;
  const of = layer.connects === 'channel' ? overBatch(trace, layer) : overLayer(trace, layer);
  if (!of) return null;
  const { x, output, normalized, mean, variance, statistic, own, over } = of;
  const [gamma, beta] = [of.of('gamma'), of.of('beta')];
  if (!gamma || !beta) return null;
  const { name } = layer;
  const equation = (kind: Equation['kind'], pass: Equation['pass'], parts: Part[]): Equation => ({
    id: `${name} ${kind}`,
    kind,
    pass,
    layer,
    parts,
  });
  const gathers = trace.stages.some((stage) => stage.layer === name && stage.computes === 'mean');
  const shifted = [operand(x, 'cell'), MINUS, operand(mean, statistic)];
  const deviation = [sign(OVER, ROOT, OPEN), operand(variance, statistic), sign(...PLUS_EPSILON)];
  const forward = [
    ...(gathers
      ? [
          equation('mean', 'forward', [operand(mean, 'cell'), EQUALS, sign(OVER_ALL, over), operand(x, statistic)]),
          equation('variance', 'forward', [
            ...[operand(variance, 'cell'), EQUALS, sign(OVER_ALL, over, OPEN)],
            ...[operand(x, statistic), MINUS, operand(mean, 'cell'), sign(SQUARED)],
          ]),
        ]
      : []),
    equation('normalized', 'forward', [
      ...[operand(normalized, 'cell'), EQUALS, sign(OPEN), ...shifted, sign(CLOSE)],
      ...deviation,
    ]),
    equation('output', 'forward', [
      ...[operand(output, 'cell'), EQUALS, operand(gamma, own), sign(TIMES)],
      ...[operand(normalized, 'cell'), PLUS, operand(beta, own)],
    ]),
  ];
  return { forward, backward: backwardOf(of, { gamma, gathers, deviation }, equation) };
}

interface Ways {
  gamma: Matrix;
  /** Whether μ and σ² depend on the inputs. */
  gathers: boolean;
  deviation: Part[];
}

function backwardOf(
  of: Parts,
  { gamma, gathers, deviation }: Ways,
  equation: (kind: Equation['kind'], pass: Equation['pass'], parts: Part[]) => Equation,
): Equation[] {
  const { nabla, normalized, passed, own, along } = of;
  const [gammaGrad, betaGrad] = [of.of('gamma.grad'), of.of('beta.grad')];
  if (!gammaGrad || !betaGrad) return [];
  const column = own === 'cell' ? 'cell' : 'column';
  const inner = [operand(gamma, own), sign(TIMES), operand(nabla, 'cell')];
  const result = [operand(passed, 'cell'), EQUALS];
  const xhat = operand(normalized, 'cell');
  const whole = [operand(gamma, own), sign(TIMES), operand(nabla, of.statistic)];
  const back = !gathers
    ? [...result, ...inner, ...deviation]
    : of.statistic === 'column'
      ? [
          ...[...result, operand(gamma, own), ...deviation, sign(TIMES, OPEN), operand(nabla, 'cell')],
          ...[MINUS, sign(OVER_ALL), operand(betaGrad, own)],
          ...[MINUS, sign(OVER_ALL), xhat, sign(TIMES), operand(gammaGrad, own), sign(CLOSE)],
        ]
      : [
          ...[...result, sign(OPEN), ...inner, MINUS, sign(MEAN, OPEN), ...whole, sign(CLOSE)],
          ...[
            MINUS,
            xhat,
            sign(TIMES, MEAN, OPEN),
            ...whole,
            sign(TIMES),
            operand(normalized, of.statistic),
            sign(CLOSE),
          ],
          ...[sign(CLOSE), ...deviation],
        ];
  return [
    equation('gamma', 'backward', [
      ...[operand(gammaGrad, 'cell'), EQUALS, sign(along), operand(nabla, column)],
      ...[sign(TIMES), operand(normalized, column)],
    ]),
    equation('beta', 'backward', [operand(betaGrad, 'cell'), EQUALS, sign(along), operand(nabla, column)]),
    equation('back', 'backward', back),
  ];
}

/** A row for each sample, of images for each of its places; a column for each feature or channel. */
function overBatch(trace: Trace, layer: LayerTrace): Parts | null {
  const { name } = layer;
  const [features = 1, ...places] = shapesOf(trace, layer).input;
  const area = places.reduce((product, one) => product * one, 1);
  const sampled = trace.sampled.length > 0;
  const samples = sampled ? 1 : samplesOf(trace.document);
  if (samples * features * area > MOST) return null;
  const flat = places.length === 0;
  const at: Layout['at'] = (line, feature) => [
    sampled ? trace.sample : Math.floor(line / area),
    feature,
    ...unravel(line % area, places),
  ];
  const whole = (ref: string) =>
    (flat && matrixOf(trace, `${name}.${ref}`)) ||
    matrixAt(trace, `${name}.${ref}`, { rows: samples * area, columns: features, at });
  const vector = (ref: string) => matrixOf(trace, `${name}.${ref}`);
  const [mean, variance] = [vector('mean'), vector('variance')];
  if (!mean || !variance) return null;
  const over = flat ? indices('n') : indices('n', 'r', 's');
  return { ...tensorsOf(whole), mean, variance, of: vector, statistic: 'column', own: 'column', over, along: over };
}

/** Of rows all samples, each with a μ and a σ²; of images the sample shown, with a column for each channel. */
function overLayer(trace: Trace, layer: LayerTrace): Parts | null {
  const { name } = layer;
  const [first = 1, ...places] = shapesOf(trace, layer).input;
  const area = places.reduce((product, one) => product * one, 1);
  if (first * area > MOST) return null;
  if (places.length === 0) {
    const whole = (ref: string) => matrixOf(trace, `${name}.${ref}`);
    const rows = whole('input')?.rows ?? 1;
    const column = (ref: string) =>
      matrixAt(trace, `${name}.${ref}`, {
        ...{ rows, columns: 1, samples: 'rows' },
        at: (line) => [line + (trace.sampled.length > 0 ? trace.sample : 0)],
      });
    const tensors = tensorsOf(
      (ref) => whole(ref) ?? matrixAt(trace, `${name}.${ref}`, { rows: 0, columns: 0, at: () => null }),
    );
    return {
      ...{ ...tensors, mean: column('mean'), variance: column('variance'), of: whole },
      ...{ statistic: 'row', own: 'column', over: indices('k'), along: indices('n') },
    };
  }
  const pixel = (line: number, channel: number) => [channel, ...unravel(line, places)];
  const layout = { rows: area, columns: first };
  const whole = (ref: string) =>
    matrixAt(trace, `${name}.${ref}`, { ...layout, at: (line, channel) => [trace.sample, ...pixel(line, channel)] });
  const one = (ref: string) => matrixAt(trace, `${name}.${ref}`, { rows: 1, columns: 1, at: () => [trace.sample] });
  return {
    ...{ ...tensorsOf(whole), mean: one('mean'), variance: one('variance') },
    of: (ref) => channelsOf(trace, `${name}.${ref}`),
    ...{ statistic: 'all', own: 'cell', over: indices('c', 'r', 's'), along: indices('n') },
  };
}

const tensorsOf = (whole: (ref: string) => Matrix) => ({
  x: whole('input'),
  output: whole('output'),
  normalized: whole('normalized'),
  nabla: whole('output.grad'),
  passed: whole('input.grad'),
});
