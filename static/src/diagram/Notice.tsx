import { retrace } from '../state/network';
import { trace, trouble } from '../state/store';
import { texts } from '../texts';

/** Said beside the picture while it is not that of the newest edit: why, and that it is the last good one. */
export function Notice() {
  const kind = trouble.value?.kind;
  return (
    <div role="alert" class="notice">
      {kind === 'refused' && trace.value && <p>{texts.problems.keeping}</p>}
      {kind === 'unreachable' && (
        <p>
          {texts.problems.unreachable}{' '}
          <button type="button" class="link" onClick={() => void retrace()}>
            {texts.problems.retry}
          </button>
        </p>
      )}
    </div>
  );
}
