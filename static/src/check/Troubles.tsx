import { checked, checkTrouble, retry } from '../state/check';
import { trouble } from '../state/store';
import { mayPass, sayTrouble } from '../state/trouble';
import { texts } from '../texts';

/** Said while the table is not that of the newest edit: why, and that it is the last good one. */
export function Troubles() {
  const told = checkTrouble.value;
  const old = checked.value && (told || trouble.value);
  return (
    <div role="alert" class="messages">
      {told && (
        <p class="message">
          {sayTrouble(told)}{' '}
          {mayPass(told) && (
            <button type="button" class="link" onClick={() => void retry()}>
              {texts.problems.retry}
            </button>
          )}
        </p>
      )}
      {old && <p class="message">{texts.check.keeping}</p>}
    </div>
  );
}
