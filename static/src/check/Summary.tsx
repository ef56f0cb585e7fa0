import { symbolOf } from '../maths/names';
import { gradientOf } from '../refs';
import { checked, checkTrouble } from '../state/check';
import { trace } from '../state/store';
import { texts } from '../texts';
import { SentenceText } from '../timeline/SentenceText';

const words = texts.check;

/** What came of it, in a sentence. */
export function Summary() {
  const result = checked.value;
  const network = trace.value;
  if (!result || !network) return <p class="summary">{checkTrouble.value ? '' : words.working}</p>;
  const { worst, counts, rows, seed, decided, largest_deviation: deviation } = result;
  if (!worst) return <p class="summary">{words.none}</p>;
  const error = { value: worst.relative_error, ref: null };
  const at = { symbol: symbolOf(network, gradientOf(worst.ref)), ref: worst.ref };
  const { agrees, differs, kink, undecided } = counts;
  const zeros = rows.filter((row) => row.deviation === null).length;
  const [count, sampled] = [rows.length, seed !== null];
  const told =
    agrees === count
      ? [
          ...words.agree(count, sampled, decided, deviation === null ? null : { value: deviation, ref: null }, zeros),
          ' ',
          ...(Number.isFinite(worst.relative_error)
            ? words.quotients(decided.this_epsilon > 0, error, at)
            : words.noQuotient(at)),
        ]
      : words.verdictsOf(differs, kink, undecided, agrees, count, sampled, at);
  return (
    <div role="status">
      <p class="summary">
        <SentenceText of={told} />
      </p>
    </div>
  );
}
