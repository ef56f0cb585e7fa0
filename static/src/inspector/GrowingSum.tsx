import type { Expression } from '../api/types';
import { pieces } from '../maths/breaking';
import { el, INFIX, type MathElement, mo, row, withAttributes } from '../maths/markup';
import { type Face, typeset, typesetTerm } from '../maths/typeset';
import { typesetNumber, typesetSymbol, typesetZero } from '../maths/typeset-leaf';
import { leaves } from '../model/lookup';
import { isKnown, isRoundingZero } from '../state/known';
import { terms as answered, type Partial } from '../state/telling';
import { texts } from '../texts';
import { Line, Sources } from '../ui/Formula';
import { MathML } from '../ui/MathML';

const words = texts.inspector.growing;
/** The symbol of the sum in the formula around it. */
const SIGMA = typesetSymbol('Σ');

/**
 * A number during its summation: in symbols all terms, the later ones faint; in numbers the terms so far and their sum.
 * Operations on the complete sum are on a separate line, so that every "=" is true at every term.
 */
export function GrowingSum({ partial }: { partial: Partial }) {
  const { ref, symbol, value, term, sofar, done, terms, around } = partial;
  const complete = done === terms;
  const { before, first } = windowAround(done - 1, terms);
  // The count of the folded terms replaces the last of them.
  const from = before > 0 ? first - 1 : first;
  const result = complete && isKnown(ref);
  return (
    <div class="formula growing">
      <p class="visually-hidden">{words.spoken(done, terms)}</p>
      <MathML class="left" of={typesetSymbol(symbol)} />
      {around && <Line parts={pieces(around, 'symbols')} />}
      {around && complete && <Line parts={pieces(around, 'numbers')} />}
      {around && complete && result && (
        <Line parts={[isRoundingZero(ref) ? typesetZero(value) : typesetNumber(value)]} of={ref} value={value} />
      )}
      {around && <MathML class="left" of={SIGMA} />}
      <Line parts={written(partial, 'symbols')} from={from} />
      {complete ? null : <p class="left sofar">{words.sofar(done, terms)}</p>}
      <Line parts={written(partial, 'numbers')} from={from} />
      {!around && result ? (
        <Line parts={[isRoundingZero(ref) ? typesetZero(value) : typesetNumber(value)]} of={ref} value={value} />
      ) : (
        <Line parts={[typesetNumber(sofar)]} />
      )}
      <Sources of={leaves(term)} />
    </div>
  );
}

/** The terms; in numbers only the completed ones, followed by their sum. */
function written({ done, terms, largest }: Partial, face: Face): MathElement[] {
  const { before, first, end, after } = windowAround(done - 1, terms);
  const known = answered.value;
  const last = face === 'numbers' ? done : end;
  const list: MathElement[] = [];
  let missing = face === 'numbers' ? 0 : after;
  for (let place = first; place < last; place++) {
    const term = known.get(place);
    if (term) list.push(oneOf(term.expression, place, done - 1, largest, face));
    else missing += 1;
  }
  const counted = face === 'numbers' ? known.get(before - 1)?.running : null;
  const earlier = before > 0 ? [ofMany(words.done(before), counted ?? null, list.length > 0)] : [];
  const listed = [...earlier, ...list, ...(missing > 0 ? [coming(missing)] : [])];
  return largest ? chosen(listed) : listed;
}

function chosen(parts: MathElement[]): MathElement[] {
  return parts.map((part, place) =>
    row(...(place === 0 ? [el('mi', 'max'), mo('(')] : []), part, ...(place === parts.length - 1 ? [mo(')')] : [])),
  );
}

function oneOf(term: Expression, place: number, current: number, largest: boolean, face: Face): MathElement {
  const content = place === 0 || largest ? typeset(term, face) : typesetTerm(term, face);
  const joined = place === 0 ? content : row(mo(largest ? ',' : '+', INFIX), content);
  return withAttributes(row(joined), { class: `term ${stateOf(place, current)}` });
}

/** Terms that are not written out: their number and, in numbers, their sum. */
function ofMany(text: string, value: number | null, underneath: boolean): MathElement {
  const label = el('mtext', text);
  if (value === null) return withAttributes(row(label), { class: 'term counted' });
  const number = typesetNumber(value);
  return withAttributes(row(underneath ? el('munder', number, label) : number), { class: 'term counted' });
}

function coming(count: number): MathElement {
  const content = row(mo('+', INFIX), mo('⋯'), el('mtext', words.coming(count)));
  return withAttributes(content, { class: 'term coming' });
}

/** The visible part of a running sum: which of its terms are written out, and which are only counted. */

interface Window {
  /** Completed terms that are shown as a count. */
  before: number;
  first: number;
  /** One past the last that is written out. */
  end: number;
  /** Later terms that are shown as a count. */
  after: number;
}

/** A sum with at most this many terms is written out whole. */
const WHOLE = 12;
const BEHIND = 4;
const AHEAD = 3;

/** The terms around the current one; of a long sum only the latest and the next ones. */
export function windowAround(current: number, terms: number): Window {
  if (terms <= WHOLE) return { before: 0, first: 0, end: terms, after: 0 };
  const first = Math.max(0, current - BEHIND);
  const end = Math.min(terms, current + AHEAD + 1);
  return { before: first, first, end, after: terms - end };
}

export function stateOf(place: number, current: number): 'done' | 'current' | 'coming' {
  if (place === current) return 'current';
  return place < current ? 'done' : 'coming';
}
