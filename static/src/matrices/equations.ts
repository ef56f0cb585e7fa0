/** One training step as equations of matrices, as the service writes it: which matrices stand where, with the signs between. */

import type { EquationAnswer, LayerTrace, Trace } from '../api/types';
import { type Matrix, matrixOf } from './matrix';
import { type Part, partsOf } from './parts';

export interface Equation extends Pick<EquationAnswer, 'id' | 'title' | 'phase' | 'gives' | 'law' | 'parameter'> {
  /** `null` for the loss. */
  layer: LayerTrace | null;
  /** None where its matrices are too large. */
  parts: Part[];
}

export function equationsOf(trace: Trace, answers: readonly EquationAnswer[]): Equation[] {
  return answers.map(({ left, right, sizes, layer: name, ...answer }) => {
    const layer = trace.layers.find((one) => one.name === name) ?? null;
    const parts = left && right ? partsOf(left, right, layer, (operand) => matrixOf(trace, operand, sizes)) : [];
    return { ...answer, layer, parts };
  });
}

/** What an equation is about: its first matrix, which the others make. The loss has none. */
export function resultOf({ parts }: Equation): Matrix | null {
  const [first] = parts;
  return first?.kind === 'matrix' ? first.matrix : null;
}
