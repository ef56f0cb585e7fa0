/**
 * One training step as matrix equations, as the service gives it: the matrices in order, with the signs between them.
 */

import type { EquationAnswer, LayerTrace, Trace } from '../api/types';
import type { LawChoice } from '../model/choices';
import { type Matrix, matrixOf } from './matrix';
import { type Part, partsOf } from './parts';

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
