/** How a layer without weights is written as a function of a matrix. */

import type { LayerTrace } from '../api/types';
import { FIXED, type MathElement, mi, mo, row, upright, withAttributes } from '../maths/markup';
import { texts } from '../texts';
import { APART } from './parts';

/** The derivative of the function, at each entry. */
export const PRIME = true;

export function activationMath({ type, symbol }: LayerTrace, derivative = false): MathElement {
  const written = symbol ?? texts.layerTitle(type);
  const name = written.length === 1 ? mi(written) : withAttributes(upright(written), { class: 'function-name' });
  return derivative ? row(name, mo('′', FIXED), APART) : row(name, APART);
}
