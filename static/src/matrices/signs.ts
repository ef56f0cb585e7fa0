/** How a layer without weights is written as a function of a matrix. */

import { FIXED, type MathElement, mi, mo, row, upright, withAttributes } from '../maths/markup';
import { texts } from '../texts';
import { APART } from './parts';

/** The derivative of the function, at each entry. */
export const PRIME = true;

export function activationMath(type: string, derivative = false): MathElement {
  const name =
    type === 'Sigmoid' ? mi('σ') : withAttributes(upright(texts.layerTitle(type)), { class: 'function-name' });
  return derivative ? row(name, mo('′', FIXED), APART) : row(name, APART);
}
