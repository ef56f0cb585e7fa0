import type { Explanation } from '../api/types';
import { valueAt } from '../lookup';
import { MathML } from '../maths/MathML';
import type { MathElement } from '../maths/markup';
import { spoken } from '../maths/symbol';
import { pieces } from '../maths/typeset';
import { typesetNumber } from '../maths/typeset-number';
import { typesetSymbol } from '../maths/typeset-symbol';
import { exact, plain } from '../numbers/format';
import { follow } from '../state/moves';
import { lit, trace } from '../state/store';
import { texts } from '../texts';

/** A formula in three lines: in symbols, with its numbers, and what they come to. */
export function Formula({ of: { ref, symbol, expression, value } }: { of: Explanation }) {
  const numbers = pieces(expression, 'numbers');
  // Where a choice picks a plain number, the line with numbers would say the result twice.
  const bare = numbers.length === 1 && isNumber(numbers[0] as MathElement);
  return (
    <div class="formula">
      <MathML class="left" of={typesetSymbol(symbol)} />
      <Line parts={pieces(expression, 'symbols')} />
      {!bare && <Line parts={numbers} />}
      <Line parts={bare ? numbers : [typesetNumber(value)]} of={ref} value={value} />
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
  if (!ref) return {};
  const point = (to: string | null) => () => {
    lit.value = to;
  };
  const value = trace.peek() ? valueAt(trace.peek() as NonNullable<typeof trace.value>, ref) : null;
  return {
    role: 'link',
    tabindex: 0,
    'aria-label': texts.inspector.explain(spoken(attributes['data-symbol'] ?? ref), value === null ? '' : plain(value)),
    onClick: () => follow(ref),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter') follow(ref);
    },
    onPointerEnter: point(ref),
    onPointerLeave: point(null),
    onFocus: point(ref),
    onBlur: point(null),
  };
}
