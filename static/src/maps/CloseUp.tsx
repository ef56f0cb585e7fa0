import type { Explanation, Expression, Leaf, Operation, Trace } from '../api/types';
import { typeset } from '../maths/typeset';
import { leaves, parts, valueAt } from '../model/lookup';
import { baseOf, symbolOf } from '../model/refs';
import { dueAt } from '../model/results';
import { areFixed } from '../numbers/format';
import { isKnown } from '../state/known';
import { awaited, CLOSE_UPS, closeUp, closeUpRef, explained, setCloseUp } from '../state/maps';
import { setHover } from '../state/moves';
import { trace } from '../state/store';
import { texts } from '../texts';
import { Choice } from '../ui/choices';
import { Formula } from '../ui/Formula';
import { MathML, SymbolMath } from '../ui/MathML';
import { NumberText } from '../ui/NumberText';
import { OtherSample } from '../ui/SamplePick';
import { AroundView, ProductView, WindowView } from './WindowView';

const words = texts.maps.closeUp;

/**
 * The terms of the close-up's number: its window, its filter, the products; or the whole convolution as matrices. Its
 * height is constant, so that the maps keep their size.
 */
export function CloseUp() {
  const current = trace.value;
  const ref = closeUpRef.value ?? awaited.value;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard.
    <section class="close-up" aria-label={words.title} tabIndex={0}>
      <header>
        <p class="subject">
          {ref && current && <SymbolMath of={symbolOf(current, ref)} />}
          {ref && current && isKnown(ref) && (
            <>
              {' = '}
              <NumberText value={valueAt(current, ref) ?? Number.NaN} of={ref} />
            </>
          )}
          {ref && <code>{ref}</code>}
          {ref && current && <span class="hint">{stateOf(ref, current)}</span>}
        </p>
        <OtherSample />
        <Choice
          name="maps-close-up"
          words={{ ...words, legend: words.choice }}
          options={CLOSE_UPS}
          chosen={closeUp.value}
          onChoose={setCloseUp}
        />
      </header>
      {ref && current && <Content of={ref} trace={current} />}
    </section>
  );
}

/** A sentence about a number that is not computed. */
function stateOf(ref: string, of: Trace): string | null {
  if (closeUpRef.value === null) return words.start;
  if (!isKnown(ref)) return words.notReached;
  return dueAt(of, ref) === 0 ? words.given : null;
}

function Content({ of: ref, trace: current }: { of: string; trace: Trace }) {
  if (closeUp.value === 'matrix') return <ProductView trace={current} of={ref} />;
  if (!isKnown(ref)) {
    return (
      <div class="made-of">
        <WindowView trace={current} of={ref} />
        {isKnown(baseOf(ref)) && <AroundView trace={current} of={baseOf(ref)} caption={words.values} />}
      </div>
    );
  }
  // The last explanation stays until the next one has arrived, so that the page does not flicker.
  return explained.value && <Made of={explained.value} trace={current} />;
}

function Made({ of: explanation, trace: current }: { of: Explanation; trace: Trace }) {
  const { ref, expression } = explanation;
  const terms = gatheredTerms(explanation);
  if (terms) {
    return (
      <div class="made-of">
        <WindowView trace={current} of={ref} />
        <Terms of={terms} />
      </div>
    );
  }
  const given = 'ref' in expression && expression.ref === ref;
  return (
    <div class="made-of">
      {!given && <Formula of={explanation} />}
      <AroundView trace={current} of={ref} caption={words.around} />
    </div>
  );
}

/** The terms, with their running sum. */
function Terms({ of: { kind, terms, left, whole } }: { of: GatheredTerms }) {
  const fixed = areFixed(terms.flatMap(({ value, running }) => [value, running]));
  return (
    <div class="terms">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.head.term}</th>
            <th scope="col">{words.head.numbers}</th>
            <th scope="col">{words.head.product}</th>
            <th scope="col">{kind === 'max' ? words.head.largest : words.head.running}</th>
          </tr>
        </thead>
        <tbody>
          {terms.map((term, place) => (
            <Row key={place} of={term} last={place === terms.length - 1} fixed={fixed} />
          ))}
        </tbody>
      </table>
      {left > 0 && <p class="hint">⋯ {words.moreTerms(left)}</p>}
      {!whole && <p class="hint factor">{words.factor}</p>}
    </div>
  );
}

interface RowProps {
  of: Term;
  last: boolean;
  fixed: boolean;
}

function Row({ of: { factors, formula, value, running }, last, fixed }: RowProps) {
  const refs = factors.map(({ ref }) => ref);
  return (
    <tr class={last ? 'last' : undefined} onPointerEnter={() => setHover(refs)} onPointerLeave={() => setHover([])}>
      <td>
        {formula && <MathML of={typeset(formula, 'symbols')} />}
        {(formula ? [] : factors).map(({ ref, symbol }, place) => (
          <span key={ref}>
            {place > 0 && ' · '}
            <SymbolMath of={symbol} />
          </span>
        ))}
      </td>
      <td>
        {formula && <MathML of={typeset(formula, 'numbers')} />}
        {(formula ? [] : factors).map(({ ref, value }, place) => (
          <span key={ref}>
            {place > 0 && ' · '}
            {place > 0 && value < 0 && '('}
            <NumberText value={value} of={ref} />
            {place > 0 && value < 0 && ')'}
          </span>
        ))}
      </td>
      <td class="product">
        <NumberText value={value} fixed={fixed} />
      </td>
      <td class="running">
        <NumberText value={running} fixed={fixed} />
      </td>
    </tr>
  );
}

/** The terms of a number as the service gives them, with their running sums. */

export interface Term {
  /** The numbers in it. */
  factors: Leaf[];
  /** The operation on them; `null` if they are multiplied, or if there is only one. */
  formula: Expression | null;
  value: number;
  running: number;
}

export interface GatheredTerms {
  kind: 'sum' | 'max';
  terms: Term[];
  /** The number of further terms. */
  left: number;
  /** Whether the sum is the whole formula. */
  whole: boolean;
}

export function gatheredTerms({ expression }: Pick<Explanation, 'expression'>): GatheredTerms | null {
  const found = parts(expression).find((part) => 'running' in part && part.running);
  if (!found || !('running' in found) || !found.running) return null;
  const { running, args } = found;
  const terms = args.map((term, place) => ({
    factors: leaves(term),
    formula: isProduct(taken(term)) ? null : taken(term),
    value: term.value,
    running: running[place] ?? Number.NaN,
  }));
  // A long sum may be followed by a last term, such as a bias.
  const behind = found !== expression && isSum(expression) ? expression.args.length - 1 : 0;
  const folded = ('folded' in found && found.folded?.count) || 0;
  const kind = isSum(found) ? 'sum' : 'max';
  return { kind, terms, left: folded + behind, whole: found === expression || behind > 0 };
}

const isSum = (part: Expression): part is Operation => 'op' in part && part.op === 'sum';

/** The selected case of a choice. */
const taken = (term: Expression): Expression =>
  'cases' in term ? taken(term.cases[term.taken]?.value ?? { number: term.value, value: term.value }) : term;

const isProduct = (term: Expression): boolean =>
  'ref' in term || ('op' in term && term.op === 'product' && term.args.every((factor) => 'ref' in factor));
