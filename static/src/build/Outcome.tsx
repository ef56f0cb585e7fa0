import { sayProblem } from '../refusals';
import { fitted, refusal } from '../state/store';
import { undo } from '../state/undo';
import { texts } from '../texts';
import { isField } from './messages';
import { sayChange } from './said';
import { WayOut } from './WayOut';

/** What came of the last edit, where it was more than was asked for, or nothing; it stays in view at the top. */
export function Outcome() {
  const changes = fitted.value;
  const refused = refusal.value;
  // At a field it is said there.
  const misplaced = refused && !isField(refused.place) ? refused : null;
  return (
    <div class="outcome">
      <p aria-live="polite" class={changes.length ? 'fitted' : undefined}>
        {changes.length > 0 && (
          <>
            {changes.map(sayChange).join(texts.timeline.between)}{' '}
            <button type="button" class="link" onClick={() => void undo()}>
              {texts.build.undo}
            </button>
          </>
        )}
      </p>
      <p role="alert" class={misplaced ? 'message' : undefined}>
        {misplaced && (
          <>
            {sayProblem(misplaced.problem, misplaced.attempted)} <WayOut />
          </>
        )}
      </p>
    </div>
  );
}
