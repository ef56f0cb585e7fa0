/** Which row and which column meet in an entry: what lights up in the operands when an entry of the result is looked at. */

import { type Equation, resultOf } from './equations';
import { type Place, placeIn } from './matrix';
import type { Meets } from './parts';

export interface Band {
  meets: Meets;
  at: Place;
}

/** One for each part of the equation: `null` where nothing of it takes part. The result itself is no operand. */
export function bandsOf(equation: Equation, refs: readonly string[]): (Band | null)[] {
  const result = resultOf(equation);
  const place = result ? refs.map((ref) => placeIn(result, ref)).find((one) => one !== null) : null;
  return equation.parts.map((part, number) => {
    if (!place || !result || number === 0 || part.kind !== 'matrix') return null;
    if (part.meets !== 'order') return { meets: part.meets, at: place };
    const before = place[0] * result.columns + place[1];
    const { columns } = part.matrix;
    return { meets: 'cell', at: [Math.floor(before / columns), before % columns] };
  });
}

export function isInBand(band: Band | null, row: number, column: number): boolean {
  if (!band) return false;
  const [r, c] = band.at;
  if (band.meets === 'all') return true;
  return (band.meets === 'column' || row === r) && (band.meets === 'row' || column === c);
}
