import type { Case, Explanation, Expression, Leaf } from '../api/types';
import { pieces } from '../maths/breaking';
import { el, type MathElement, mo, row, withAttributes } from '../maths/markup';
import { conditionOf } from '../maths/sentences';
import { spoken } from '../maths/symbol';
import type { Face } from '../maths/typeset';
import { typesetNumber, typesetSymbol, typesetZero } from '../maths/typeset-leaf';
import { leaves, parts } from '../model/lookup';
import { isExplained } from '../model/refs';
import { exact, plain } from '../numbers/format';
import { openMore } from '../state/explanations';
import { follow } from '../state/moves';
import { texts } from '../texts';
import { LinkButton } from './buttons';
import { hoverProps, isHighlighted } from './highlight';
import { MathML, SymbolMath } from './MathML';
import { NumberText } from './NumberText';

const words = texts.inspector.folded;

/** A formula line by line: as derivatives for the chain rule, in symbols, with its numbers, its value. */
export function Formula({ of }: { of: Explanation }) {
  const { ref, symbol, expression, value, notation, rounded } = of;
  const numbers = pieces(expression, 'numbers');
  // If a choice selects a single number, the line with numbers would repeat the result.
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

/** The first term names its factors in words; in the others colours and lines identify them. */
function derivatives(expression: Expression): MathElement[] {
  const face: Face = 'derivatives';
  return pieces(expression, face).map((piece, place) => (place === 0 ? labelled(piece) : piece));
}

function isNumber({ tag, attributes, children }: MathElement): boolean {
  if ('data-value' in attributes) return true;
  const [only] = children;
  return tag === 'mrow' && children.length === 1 && typeof only === 'object' && isNumber(only);
}

/** A formula for screen readers. */
export function Aloud({ of }: { of: Explanation }) {
  const reader = { symbol: spoken, number: plain, condition };
  return <p class="visually-hidden">{texts.inspector.aloud(of, reader)}</p>;
}

/** A condition with its symbols as words. */
const condition = (of: Case): string => conditionOf(of).replace(/[∂∇\p{L}]\S*_\S+/gu, spoken);

interface Props {
  parts: MathElement[];
  of?: string;
  value?: number;
  /** The position of the first part in its sum. */
  from?: number;
  /** A remark on the line, such as "so far". */
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
          // Keyed by position, which identifies a term of a sum, so that unchanged terms are not laid out again.
          <MathML key={from + place} of={part} decorate={link} />
        ))}
        {note && <span class="note">{note}</span>}
      </span>
    </>
  );
}

/** Symbols and numbers of a formula link to their explanation, and highlight their place in the picture. */
function link({ attributes }: MathElement): Record<string, unknown> {
  const ref = attributes['data-ref'];
  if (!ref || !isExplained(ref)) return {};
  return { class: isHighlighted(ref) ? 'leads lit' : 'leads', onClick: () => follow(ref), ...hoverProps(ref) };
}

/** The number of hidden terms of a formula, with their sum; a press shows more of them. */
export function Fold({ of: { ref, expression } }: { of: Explanation }) {
  const folded = parts(expression)
    .map((part) => 'folded' in part && part.folded)
    .find(Boolean);
  return folded ? <MoreButton of={ref} words={words.terms(folded.count)} total={folded.value} /> : null;
}

export function MoreButton({ of, words: said, total }: { of: string; words: string; total: number }) {
  return (
    <p class="fold">
      <LinkButton title={words.title} onClick={() => openMore(of)}>
        … {said} ({words.total} <NumberText value={total} />)
      </LinkButton>
    </p>
  );
}

/** More sources are not listed; the formula itself shows fewer. */
const MOST = 24;

/**
 * The parts of a formula, as links. Assistive technology treats a formula as one element without controls, so these
 * links make its parts reachable by keyboard.
 */
export function Sources({ of }: { of: Leaf[] }) {
  const sources = of.filter(({ ref }) => isExplained(ref)).slice(0, MOST);
  if (sources.length === 0) return null;
  return (
    <p class="sources">
      <span>{texts.inspector.from}</span>
      {sources.map(({ ref, symbol, value }, place) => (
        // Keyed by position: with each step the links change in place, and the focus stays.
        <button
          key={place}
          type="button"
          class={isHighlighted(ref) ? 'source lit' : 'source'}
          title={texts.inspector.explain(spoken(symbol), plain(value))}
          aria-label={texts.inspector.explain(spoken(symbol), plain(value))}
          onClick={() => follow(ref)}
          {...hoverProps(ref)}
        >
          <SymbolMath of={symbol} />
        </button>
      ))}
    </p>
  );
}

/** Labels each factor of the chain rule as upstream or local. */
export function labelled(element: MathElement): MathElement {
  const role = element.attributes['data-role'];
  if (role === 'upstream' || role === 'local') {
    const braced = el('munder', row(...element.children), mo('⏟', { stretchy: 'true' }));
    const name = withAttributes(el('mtext', texts.inspector.factors[role]), { class: 'role-name' });
    return { ...el('munder', braced, name), attributes: element.attributes };
  }
  return {
    ...element,
    children: element.children.map((child) => (typeof child === 'string' ? child : labelled(child))),
  };
}

/** The result of a derivation: the symbol and its number. */
export function Result({ of: { ref, symbol, value, rounded } }: { of: Explanation }) {
  return (
    <div class="equation-grid">
      <MathML class="left" of={typesetSymbol(symbol, true)} />
      <Line parts={[rounded ? typesetZero(value) : typesetNumber(value)]} of={ref} value={value} />
    </div>
  );
}
