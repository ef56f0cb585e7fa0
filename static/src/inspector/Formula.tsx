import type { Explanation } from '../api/types';
import { MathML } from '../maths/MathML';
import type { MathElement } from '../maths/markup';
import { pieces } from '../maths/typeset';
import { typesetNumber } from '../maths/typeset-number';
import { typesetSymbol } from '../maths/typeset-symbol';
import { exact } from '../numbers/format';
import { isExplained } from '../refs';
import { follow } from '../state/moves';
import { leaves } from './leaves';
import { pointing } from './pointing';
import { Sources } from './Sources';

/** A formula in three lines: in symbols, with its numbers, and what they come to. */
export function Formula({ of: { ref, symbol, expression, value, text } }: { of: Explanation }) {
  const numbers = pieces(expression, 'numbers');
  // Where a choice picks a plain number, the line with numbers would say the result twice.
  const bare = numbers.length === 1 && isNumber(numbers[0] as MathElement);
  return (
    <div class="formula">
      <p class="visually-hidden">{text}</p>
      <MathML class="left" of={typesetSymbol(symbol)} />
      <Line parts={pieces(expression, 'symbols')} />
      {!bare && <Line parts={numbers} />}
      <Line parts={bare ? numbers : [typesetNumber(value)]} of={ref} value={value} />
      <Sources of={leaves(expression)} />
    </div>
  );
}

/** One side of an equation; long sums break between their terms. */
function Line({ parts, of, value }: { parts: MathElement[]; of?: string; value?: number }) {
  return (
    <>
      <span class="equals">=</span>
      <span
        class={of ? 'right result' : 'right'}
        data-ref={of}
        data-value={value === undefined ? undefined : exact(value)}
      >
        {parts.map((part, place) => (
          // Keyed by place: the terms of a sum are known by their place.
          <MathML key={place} of={part} decorate={link} />
        ))}
      </span>
    </>
  );
}

function isNumber({ tag, attributes, children }: MathElement): boolean {
  if ('data-value' in attributes) return true;
  const [only] = children;
  return tag === 'mrow' && children.length === 1 && typeof only === 'object' && isNumber(only);
}

/** Symbols and numbers of a formula lead to their own explanation, and light up where they live. */
function link({ attributes }: MathElement): Record<string, unknown> {
  const ref = attributes['data-ref'];
  return ref && isExplained(ref) ? { class: 'leads', onClick: () => follow(ref), ...pointing(ref) } : {};
}
