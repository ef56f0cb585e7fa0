import { openFirst, retrace } from '../state/network';
import { sayTrouble } from '../state/refusals';
import { examples, network, notice, pending, trouble } from '../state/store';
import { texts } from '../texts';
import { inPageWords } from '../texts/service-words';
import { LinkButton } from '../ui/buttons';

/** Said beside the picture while it is not that of the newest edit, or in the place of one: and why. */
export function Notice() {
  const told = trouble.value;
  return (
    <div role="alert" class="notice">
      {told && (
        <p>
          {sayTrouble(told)} <LinkButton onClick={() => void retrace()}>{texts.problems.retry}</LinkButton>
        </p>
      )}
    </div>
  );
}

/** In the place of a picture, where a link could not be opened: the page opens nothing else unasked. */
export function NothingOpen() {
  const [first] = examples.value;
  if (network.value || pending.value || notice.value === null || !first) return null;
  return (
    <div class="nothing-open">
      <p>{texts.problems.nothingOpen}</p>
      <button type="button" class="primary" onClick={() => void openFirst()}>
        {texts.problems.openFirst(inPageWords(first.name))}
      </button>
    </div>
  );
}
