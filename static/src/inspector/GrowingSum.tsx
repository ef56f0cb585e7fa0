import type { Explanation, Expression } from '../api/types';
import { MathML } from '../maths/MathML';
import { el, INFIX, type MathElement, mo, row, withAttributes } from '../maths/markup';
import { type Face, pieces, typeset } from '../maths/typeset';
import { typesetNumber } from '../maths/typeset-number';
import { typesetSymbol } from '../maths/typeset-symbol';
import { isKnown } from '../state/known';
import type { Partial } from '../state/partial';
import { texts } from '../texts';
import { stateOf, windowAround } from './growth';
import { Line } from './Line';
import { leaves } from './leaves';
import { Sources } from './Sources';
import { type Gathered, gatheredIn, runningTotal } from './sums';

const words = texts.inspector.growing;

/** A number while it is added up: what is done stands firm, the current term is marked, what comes is faint. */
export function GrowingSum({ of, partial }: { of: Explanation; partial: Partial }) {
  const { ref, symbol, expression, value } = of;
  const { done, terms, sofar, term } = partial;
  const gathered: Gathered = gatheredIn(expression, terms) ?? { kind: 'sum', terms: [expression], count: 1 };
  const complete = done === terms;
  // A factor around the sum, such as ½, is told first.
  const around = !('op' in expression && expression.op === 'sum') && terms > 1;
  const { before, first } = windowAround(done - 1, terms);
  // What is told as a count stands in the place of the last that it counts.
  const from = before > 0 ? first - 1 : first;
  return (
    <div class="formula growing">
      <p class="visually-hidden">{words.spoken(done, terms)}</p>
      <MathML class="left" of={typesetSymbol(symbol)} />
      {around && <Line parts={pieces(expression, 'symbols')} />}
      <Line parts={written(gathered, partial, 'symbols')} from={from} />
      <Line parts={written(gathered, partial, 'numbers')} from={from} />
      {complete && isKnown(ref) ? (
        <Line parts={[typesetNumber(value)]} of={ref} value={value} />
      ) : (
        <Line parts={[typesetNumber(sofar)]} note={words.sofar(done, terms)} />
      )}
      <Sources of={leaves(term)} />
    </div>
  );
}

function written(gathered: Gathered, { done, terms }: Partial, face: Face): MathElement[] {
  const { before, first, end, after } = windowAround(done - 1, terms);
  const shown = gathered.terms.slice(first, end);
  const list = shown.map((term, place) => oneOf(term, first + place, done - 1, gathered.kind, face));
  const earlier =
    before > 0 ? [counted(words.done(before), face === 'numbers' ? runningTotal(gathered, before) : null)] : [];
  // Terms to come may not even have been asked for.
  const left = after + (end - first - shown.length);
  return [...earlier, ...list, ...(left > 0 ? [coming(left)] : [])];
}

function oneOf(term: Expression, place: number, current: number, kind: Gathered['kind'], face: Face): MathElement {
  const content = typeset(term, face);
  const sign = kind === 'max' ? ',' : '+';
  const joined = place === 0 ? content : row(mo(sign, INFIX), content);
  return withAttributes(row(joined), { class: `term ${stateOf(place, current)}` });
}

function counted(words: string, value: number | null): MathElement {
  const told = el('mtext', `${words}`);
  const parts = value === null ? [told] : [told, mo('=', INFIX), typesetNumber(value)];
  return withAttributes(row(...parts), { class: 'term counted' });
}

function coming(count: number): MathElement {
  const content = row(mo('+', INFIX), mo('⋯'), el('mtext', words.coming(count)));
  return withAttributes(content, { class: 'term coming' });
}
