/** How a layer without weights is written as a function of a matrix. */

import { el, FIXED, type MathElement, mi, mo, row } from '../maths/markup';
import { texts } from '../texts';

/** The derivative of the function, at each entry. */
export const PRIME = true;

export function activationMath(type: string, derivative = false): MathElement {
  const name = type === 'Sigmoid' ? mi('σ') : el('mtext', texts.layerTitle(type));
  return derivative ? row(name, mo('′', FIXED)) : row(name);
}
