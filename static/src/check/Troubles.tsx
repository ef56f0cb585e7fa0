import { sayProblem } from '../refusals';
import { checked, checkTrouble, retry } from '../state/check';
import { trouble } from '../state/store';
import { texts } from '../texts';

/** Said while the table is not that of the newest edit: why, and that it is the last good one. */
export function Troubles() {
  const told = checkTrouble.value;
  const old = checked.value && (told || trouble.value);
  return (
    <div role="alert" class="messages">
      {told?.kind === 'refused' && <p class="message">{sayProblem(told.problem)}</p>}
      {told?.kind === 'unreachable' && (
        <p class="message">
          {texts.problems.unreachable}{' '}
          <button type="button" class="link" onClick={() => void retry()}>
            {texts.problems.retry}
          </button>
        </p>
      )}
      {old && <p class="message">{texts.check.keeping}</p>}
    </div>
  );
}
