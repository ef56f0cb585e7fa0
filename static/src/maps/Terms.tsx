import { MathML, SymbolMath } from '../maths/MathML';
import { typeset } from '../maths/typeset';
import { areFixed } from '../numbers/column';
import { NumberText } from '../numbers/NumberText';
import { light } from '../state/moves';
import { texts } from '../texts';
import type { Term, Told } from './terms';

const words = texts.maps.closeUp;

/** Term after term, and what they have come to. */
export function Terms({ of: { kind, terms, left, whole } }: { of: Told }) {
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
      {!whole && <p class="hint">{words.factor}</p>}
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
    <tr class={last ? 'last' : undefined} onPointerEnter={() => light(refs)} onPointerLeave={() => light([])}>
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
