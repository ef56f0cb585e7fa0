/** About how wide a formula is set, in em: enough to know whether it has to be broken. */

import type { MathElement, MathNode } from './markup';

const DIGIT = 0.52;
/** Around a sign between two terms. */
const SIGN = 0.45;
const SCRIPT = 0.7;

export function widthOf(node: MathNode): number {
  if (typeof node === 'string') return node.length * DIGIT;
  const widths = node.children.map(widthOf);
  const widest = Math.max(0, ...widths);
  const [base = 0, ...scripts] = widths;
  switch (node.tag) {
    case 'mfrac':
      return widest + 0.2;
    case 'msub':
    case 'msup':
    case 'msubsup':
      return base + SCRIPT * Math.max(0, ...scripts);
    case 'mtable':
    case 'munder':
    case 'mover':
      return widest;
    case 'mo':
      return base + (isInfix(node) ? SIGN : 0);
    default:
      return widths.reduce((sum, width) => sum + width, 0);
  }
}

const isInfix = ({ attributes }: MathElement): boolean => attributes.form === 'infix';
