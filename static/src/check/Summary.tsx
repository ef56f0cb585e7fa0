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
  const { worst, failed, rows } = result;
  if (!worst) return <p class="summary">{words.none}</p>;
  const error = { value: worst.relative_error, ref: null };
  const at = { symbol: symbolOf(network, gradientOf(worst.ref)), ref: worst.ref };
  const told = failed === 0 ? words.agree(rows.length, error, at) : words.differ(failed, rows.length, error, at);
  return (
    <div role="status">
      <p class="summary">
        <SentenceText of={told} />
      </p>
      {failed > 0 && <p class="aside">{words.unlucky}</p>}
    </div>
  );
}
