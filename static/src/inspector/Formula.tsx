import type { Explanation, Expression } from '../api/types';
import { pieces } from '../maths/breaking';
import { MathML } from '../maths/MathML';
import type { MathElement } from '../maths/markup';
import { spoken } from '../maths/symbol';
import type { Face } from '../maths/typeset';
import { typesetNumber, typesetZero } from '../maths/typeset-number';
import { typesetSymbol } from '../maths/typeset-symbol';
import { plain } from '../numbers/format';
import { inPageWords } from '../service-words';
import { texts } from '../texts';
import { Fold } from './Fold';
import { Line } from './Line';
import { leaves } from './leaves';
import { labelled } from './roles';
import { Sources } from './Sources';

/** A formula line by line: as derivatives where it is told by the chain rule, in symbols, with its numbers, its value. */
export function Formula({ of }: { of: Explanation }) {
  const { ref, symbol, expression, value, notation, rounded } = of;
  const numbers = pieces(expression, 'numbers');
  // Where a choice picks a plain number, the line with numbers would say the result twice.
  const bare = numbers.length === 1 && isNumber(numbers[0] as MathElement);
  return (
    <div class={`formula ${notation}`}>
      <Aloud of={of} />
      <MathML class="left" of={typesetSymbol(symbol)} />
      {notation === 'chain' && <Line parts={derivatives(expression)} tall />}
      <Line parts={pieces(expression, 'symbols')} />
      {!bare && <Line parts={numbers} />}
      <Line parts={bare ? numbers : [rounded ? typesetZero(value) : typesetNumber(value)]} of={ref} value={value} />
      <Fold of={of} />
      <Sources of={leaves(expression)} />
    </div>
  );
}

/** The first term says in words which factor is which; in the others their colours and lines do. */
function derivatives(expression: Expression): MathElement[] {
  const face: Face = 'derivatives';
  return pieces(expression, face).map((piece, place) => (place === 0 ? labelled(piece) : piece));
}

function isNumber({ tag, attributes, children }: MathElement): boolean {
  if ('data-value' in attributes) return true;
  const [only] = children;
  return tag === 'mrow' && children.length === 1 && typeof only === 'object' && isNumber(only);
}

/** A formula for those who hear it. */
export function Aloud({ of }: { of: Explanation }) {
  const reader = { symbol: spoken, number: plain, condition };
  return <p class="visually-hidden">{texts.inspector.aloud(of, reader)}</p>;
}

/** A condition of the service, its symbols read out. */
const condition = (when: string): string => inPageWords(when).replace(/[∂∇\p{L}]\S*_\S+/gu, spoken);
