import { useRef } from 'preact/hooks';
import { sayChange } from '../state/buildActions';
import { dismiss, editedInBuild } from '../state/edits';
import { sayProblem } from '../state/requestError';
import { cursor, fitted, type Refusal, refusal } from '../state/store';
import { undo } from '../state/undo';
import { texts } from '../texts';
import { Close, LinkButton } from '../ui/buttons';
import { isField, isNumber, WayOut } from '../ui/Messages';
import { useFocusBack } from '../ui/roving';
import './outcome.css';

/** Side effects or refusal of the last edit, if any; it stays visible at the top of Build. */
export function Outcome() {
  const refused = editedInBuild.value ? refusal.value : null;
  // A message that belongs to a field is shown at the field.
  return (
    <OutcomeNote
      changes={editedInBuild.value ? fitted.value : []}
      refused={refused && isField(refused.place) ? null : refused}
    />
  );
}

/** The same for an edit made outside Build: over the foot of the picture, until the next step or edit. */
export function OutcomeHere() {
  const shown = useRef<{ of: unknown; cursor: number } | null>(null);
  const of = editedInBuild.value ? null : (refusal.value ?? fitted.value);
  if (shown.current?.of !== of) shown.current = { of, cursor: cursor.value };
  const over = of === null || shown.current.cursor !== cursor.value;
  const refused = over ? null : refusal.value;
  const close = () => {
    dismiss();
    fitted.value = [];
  };
  return (
    <OutcomeNote
      changes={over ? [] : fitted.value}
      refused={refused && isNumber(refused.place) ? null : refused}
      onClose={close}
    />
  );
}

interface Props {
  changes: typeof fitted.value;
  refused: Refusal | null;
  onClose?: () => void;
}

/** A message with the button that resolves it. */
function OutcomeNote({ changes, refused, onClose }: Props) {
  const focusBack = useFocusBack();
  const close = onClose && <Close onClose={onClose} />;
  return (
    <div class={onClose ? 'outcome here' : 'outcome'} {...focusBack}>
      <p aria-live="polite" class={changes.length ? 'fitted' : undefined}>
        {changes.length > 0 && (
          <>
            {changes.map(sayChange).join(texts.timeline.between)}{' '}
            <LinkButton onClick={() => void undo()}>{texts.build.undo}</LinkButton>
            {close}
          </>
        )}
      </p>
      <p role="alert" class={refused ? 'message' : undefined}>
        {refused && (
          <>
            {sayProblem(refused.problem, refused.attempted)} <WayOut />
            {close}
          </>
        )}
      </p>
    </div>
  );
}
