/**
 * One training step as matrix equations, as the service gives it: the matrices in order, with the signs between them.
 */

import type { EquationNode, Operand, Operation } from '../api/questions';
import type { EquationAnswer, LayerTrace, Trace } from '../api/types';
import {
  el,
  FIXED,
  INFIX,
  type MathElement,
  type MathNode,
  mi,
  mn,
  mo,
  row,
  TIGHT,
  upright,
  withAttributes,
} from '../maths/markup';
import { typesetSymbol } from '../maths/typeset-leaf';
import type { LawChoice } from '../model/choices';
import { texts } from '../texts';
import { type Matrix, matrixOf } from './matrix';
import { nameMath } from './names';

export interface Equation extends Pick<EquationAnswer, 'id' | 'title' | 'phase' | 'gives' | 'law' | 'parameter'> {
  /** `null` for the loss. */
  layer: LayerTrace | null;
  /** Empty if its matrices are too large. */
  parts: Part[];
}

export function equationsOf(trace: Trace, answers: readonly EquationAnswer[]): Equation[] {
  return answers.map(({ left, right, sizes, layer: name, ...answer }) => {
    const layer = trace.layers.find((one) => one.name === name) ?? null;
    const parts = left && right ? partsOf(left, right, layer, (operand) => matrixOf(trace, operand, sizes)) : [];
    return { ...answer, layer, parts };
  });
}

/** The result of an equation: its first matrix. The loss has none. */
export function resultOf({ parts }: Equation): Matrix | null {
  const [first] = parts;
  return first?.kind === 'matrix' ? first.matrix : null;
}

/** Which equations are shown: all of them, those of one law, those of one layer. */

export function chosen(equations: readonly Equation[], law: LawChoice, layer: string | null): Equation[] {
  return equations.filter((one) => {
    // The note about matrices that are too large is shown for every law.
    const ofLaw = law === 'all' || one.gives === law || one.parts.length === 0;
    return ofLaw && (layer === null || one.layer?.name === layer);
  });
}

/** The layers that can be chosen, in order. */
export function layersIn(equations: readonly Equation[]): string[] {
  return [...new Set(equations.flatMap(({ layer }) => (layer ? [layer.name] : [])))];
}

/** Typesets an equation: converts an expression over matrices to a list of matrices and the signs between them. */

export type Part =
  /** `meets` are the labels of an entry of the result that select the part of the operand used for it. */
  | { kind: 'matrix'; matrix: Matrix; meets: string }
  /** A line may break before some signs: the relation, and the signs of a sum. */
  | { kind: 'sign'; math: MathElement; breaks: boolean }
  /** The loss itself. */
  | { kind: 'loss' };

const sign = (...math: MathNode[]): Part => ({ kind: 'sign', math: row(...math), breaks: false });
const breaking = (text: string): Part => ({ kind: 'sign', math: mo(text, INFIX), breaks: true });
const infix = (text: string): MathElement => mo(text, INFIX);
const fixed = (text: string): MathElement => mo(text, FIXED);
/** The space between a function and its matrix. */
const APART = withAttributes(el('mspace'), { width: '0.18em' });
const SUM = mo('∑', { movablelimits: 'false' });

export function partsOf(
  left: Operand,
  right: EquationNode,
  layer: LayerTrace | null,
  matrix: (operand: Operand) => Matrix,
): Part[] {
  const set = setter(layer, left.axes.length === 0, matrix);
  return merged([...set(left), breaking('='), ...set(right)]);
}

type Setter = (node: EquationNode) => Part[];

function setter(layer: LayerTrace | null, ofLoss: boolean, matrix: (operand: Operand) => Matrix): Setter {
  const set: Setter = (node) => {
    if ('tensor' in node) {
      return node.tensor === 'loss'
        ? [{ kind: 'loss' }]
        : [{ kind: 'matrix', matrix: matrix(node), meets: node.meets }];
    }
    return isScalar(node) ? [sign(scalarMath(node))] : operation(node as Operation);
  };
  /** Adds parentheses around a sum or, with `any`, around more than one matrix. */
  const inner = (node: EquationNode, any = false): Part[] =>
    isSum(node) || (any && !('tensor' in node)) ? [sign(fixed('(')), ...set(node), sign(fixed(')'))] : set(node);
  const operation = (node: Operation): Part[] => {
    const [first, second] = node.args as [EquationNode, EquationNode];
    switch (node.op) {
      case 'product':
        return node.args.flatMap((one) => inner(one));
      case 'times':
        return node.args.flatMap((one, place) => {
          const before = node.args[place - 1];
          return before && !isScalar(before) ? [sign(infix('⊙')), ...inner(one)] : inner(one);
        });
      case 'quotient': {
        const over = isScalar(second) ? sign(fixed('/')) : sign(infix('⊘'));
        return [...inner(first), over, ...inner(second)];
      }
      case 'sum':
      case 'difference': {
        const text = node.op === 'sum' ? '+' : '−';
        // A line does not break between a number and the other summand.
        const between = isScalar(first) || isScalar(second) ? sign(infix(text)) : breaking(text);
        return [...set(first), between, ...(node.op === 'sum' ? set(second) : inner(second))];
      }
      case 'negate':
        return [sign(fixed('−')), ...inner(first)];
      case 'power':
        return [sign(fixed('(')), ...set(first), sign(el('msup', fixed(')'), scalarMath(second)))];
      case 'root':
        return [sign(fixed('√')), ...inner(first, true)];
      case 'call':
        return called(node);
      case 'chain':
        return [...(node.over ? [sign(over(node, SUM))] : []), ...set(first), sign(infix('⊙'), partial(node))];
      default: {
        const name = node.op === 'total' ? SUM : upright(node.op);
        const mark = node.chosen ? el('munder', name, upright(texts.matrices.chosen)) : over(node, name);
        return [node.op === 'total' ? sign(mark) : sign(mark, APART), ...inner(first, node.op !== 'total')];
      }
    }
  };
  const called = (node: Operation): Part[] => {
    const args = node.args.flatMap((one, place) => (place ? [sign(fixed(',')), ...set(one)] : set(one)));
    if (node.function === 'abs') return [sign(fixed('|')), ...args, sign(fixed('|'))];
    const name = functionMath(node, layer);
    const alone = node.args.length === 1 && 'tensor' in (node.args[0] as object);
    return alone ? [sign(name, APART), ...args] : [sign(name, fixed('(')), ...args, sign(fixed(')'))];
  };
  /** If a sum runs over everything that the loss compares, it has no label. */
  const over = ({ over: labels = '' }: Operation, name: MathElement): MathElement => {
    if (ofLoss || labels === '') return name;
    const letters = [...labels].flatMap((label, place) => [...(place ? [mo(',', TIGHT)] : []), mi(label)]);
    return el('munder', name, row(...letters));
  };
  const partial = ({ args }: Operation): MathElement => {
    const [of, by] = args.slice(1).map((one) => row(mi('∂'), nameMath(matrix(one as Operand)))) as [MathNode, MathNode];
    return row(of, mo('/', TIGHT), by);
  };
  return set;
}

/** The symbol of a function, or else the page's name for the layer. */
function functionMath({ function: written, variant }: Operation, layer: LayerTrace | null): MathElement {
  const text = layer?.symbol === null && written === layer.type ? texts.layerTitle(layer.type) : (written ?? '');
  const name = text.length === 1 ? mi(text) : withAttributes(upright(text), { class: 'function-name' });
  if (variant === 'derivative') return row(name, fixed('′'));
  return variant === 'inverse' ? el('msup', name, row(mo('−', { form: 'prefix', ...TIGHT }), mn('1'))) : name;
}

const isScalar = (node: EquationNode): boolean =>
  'symbol' in node || ('op' in node && node.args.length > 0 && node.args.every(isScalar));

const isSum = (node: EquationNode): boolean => 'op' in node && (node.op === 'sum' || node.op === 'difference');

function scalarMath(node: EquationNode): MathElement {
  if ('symbol' in node) return /^\d+$/.test(node.symbol) ? mn(node.symbol) : typesetSymbol(node.symbol);
  const { op, args } = node as Operation;
  const [first, second] = args.map(scalarMath) as [MathElement, MathElement];
  if (op === 'quotient') return el('mfrac', first, second);
  if (op !== 'power') return row(first, infix(op === 'sum' ? '+' : '−'), second);
  return first.tag === 'msub' ? el('msubsup', ...first.children, second) : el('msup', first, second);
}

/** Merges consecutive signs without a line break. */
function merged(parts: readonly Part[]): Part[] {
  const found: Part[] = [];
  for (const part of parts) {
    const before = found.at(-1);
    if (part.kind === 'sign' && !part.breaks && before?.kind === 'sign' && !before.breaks) {
      found[found.length - 1] = sign(...before.math.children, ...part.math.children);
    } else found.push(part);
  }
  return found;
}

interface Chunk {
  relation: MathElement | null;
  /** The parts after the relation. */
  places: number[];
}

/** A long equation may break only before its relation and before the signs of its sums. */
export function chunksOf(parts: readonly Part[]): Chunk[] {
  const chunks: Chunk[] = [{ relation: null, places: [] }];
  parts.forEach((part, place) => {
    if (part.kind === 'sign' && part.breaks) chunks.push({ relation: part.math, places: [] });
    else chunks.at(-1)?.places.push(place);
  });
  return chunks;
}
