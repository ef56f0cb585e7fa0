import { anotherSample, checked, checkedLayer, checkTrouble, seed } from '../state/check';
import { texts } from '../texts';

const words = texts.check.share;

/** How many numbers of a network that is too large for all were checked, and another draw of them. */
export function Share() {
  const result = checked.value;
  const name = checkedLayer.value;
  if (!result || (result.seed === null && name === null)) return null;
  const of = name === 'x' ? texts.check.inputs : name;
  const { checked: count, total, seed: drawn } = result;
  const awaited = drawn !== null && drawn !== seed.value && !checkTrouble.value;
  return (
    <p class="share aside" role="status" aria-label={words.label}>
      <span>{drawn === null ? words.whole(total, of) : words.drawn(count, total, of, drawn)}</span>{' '}
      {drawn !== null && (
        <button type="button" class="link" title={words.anotherTitle} onClick={anotherSample}>
          {words.another}
        </button>
      )}{' '}
      {awaited && <span>{texts.check.working}</span>}
    </p>
  );
}
