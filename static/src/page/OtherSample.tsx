import { showSample } from '../state/network';
import { sample } from '../state/store';
import { step } from '../state/telling';
import { texts } from '../texts';

/** Of a term of another sample than the one that is shown, this says so, and leads there. */
export function OtherSample() {
  const other = step.value?.term?.sample ?? sample.value;
  if (other === sample.value) return null;
  return (
    <button type="button" class="link" onClick={() => void showSample(other)}>
      {texts.diagram.termOf(other + 1)}
    </button>
  );
}
