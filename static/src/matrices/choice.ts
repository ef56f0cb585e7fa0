/** Which of the equations are shown: all of them, those of one law, those of one layer. */

import type { LawChoice } from '../model/choices';
import type { Equation } from './equations';

export function chosen(equations: readonly Equation[], law: LawChoice, layer: string | null): Equation[] {
  return equations.filter((one) => {
    // That matrices are too large is said with any law.
    const ofLaw = law === 'all' || one.gives === law || one.parts.length === 0;
    return ofLaw && (layer === null || one.layer?.name === layer);
  });
}

/** The layers that can be chosen, in order. */
export function layersIn(equations: readonly Equation[]): string[] {
  return [...new Set(equations.flatMap(({ layer }) => (layer ? [layer.name] : [])))];
}
