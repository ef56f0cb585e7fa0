import { MathML } from '../maths/MathML';
import type { MathElement } from '../maths/markup';
import { exact } from '../numbers/format';
import { isExplained } from '../refs';
import { follow } from '../state/moves';
import { isLit, pointing } from './lit';

interface Props {
  parts: MathElement[];
  of?: string;
  value?: number;
  /** The place of the first part in a sum that is written out from there. */
  from?: number;
  /** What the line says of itself, such as "so far". */
  note?: string;
  /** Fractions at full size. */
  tall?: boolean;
}

/** One side of an equation; long sums break between their terms. */
export function Line({ parts, from = 0, of, value, note, tall = false }: Props) {
  return (
    <>
      <span class="equals">=</span>
      <span
        class={`side${of ? ' result' : ''}${tall ? ' tall' : ''}`}
        data-ref={of}
        data-value={value === undefined ? undefined : exact(value)}
      >
        {parts.map((part, place) => (
          // Keyed by place: the terms of a sum are known by their place, so that those which stay are not laid out again.
          <MathML key={from + place} of={part} decorate={link} />
        ))}
        {note && <span class="note">{note}</span>}
      </span>
    </>
  );
}

/** Symbols and numbers of a formula lead to their own explanation, and light up where they live. */
export function link({ attributes }: MathElement): Record<string, unknown> {
  const ref = attributes['data-ref'];
  if (!ref || !isExplained(ref)) return {};
  return { class: isLit(ref) ? 'leads lit' : 'leads', onClick: () => follow(ref), ...pointing(ref) };
}
