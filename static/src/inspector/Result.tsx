import type { Explanation } from '../api/types';
import { MathML } from '../maths/MathML';
import { typesetNumber, typesetZero } from '../maths/typeset-number';
import { typesetSymbol } from '../maths/typeset-symbol';
import { Line } from './Line';

/** What a derivation comes to: the symbol and its number. */
export function Result({ of: { ref, symbol, value, rounded } }: { of: Explanation }) {
  return (
    <div class="equation-grid">
      <MathML class="left" of={typesetSymbol(symbol, true)} />
      <Line parts={[rounded ? typesetZero(value) : typesetNumber(value)]} of={ref} value={value} />
    </div>
  );
}
