import { mayPass, sayTrouble, type Trouble } from '../state/refusals';
import { texts } from '../texts';
import { LinkButton } from '../ui/buttons';

/** What became of a question that the page has asked by itself, and a way to ask it once more. */
export function TroubleNote({ of, onRetry }: { of: Trouble | null; onRetry: () => void }) {
  return (
    <div role="alert">
      {of && (
        <p class="message">
          {sayTrouble(of)} {mayPass(of) && <LinkButton onClick={onRetry}>{texts.problems.retry}</LinkButton>}
        </p>
      )}
    </div>
  );
}
