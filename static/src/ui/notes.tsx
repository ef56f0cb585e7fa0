import { openFirst } from '../state/network';
import { mayPass, type RequestError, sayRequestError } from '../state/requestError';
import { retrace } from '../state/starting';
import { examples, network, notice, pending, requestError } from '../state/store';
import { texts } from '../texts';
import { runs } from '../texts/service-words';
import { LinkButton } from './buttons';

/** A message that may contain the service's English text, which is marked as English on a page in another language. */
export function LocalizedText({ text }: { text: string }) {
  return (
    <>
      {runs(text).map(({ text: part, lang }, place) =>
        lang ? (
          <span key={place} lang={lang}>
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </>
  );
}

/** The error of a background request of the page, with a button that repeats the request. */
export function RequestErrorNote({ of, onRetry }: { of: RequestError | null; onRetry: () => void }) {
  return (
    <div role="alert">
      {of && (
        <p class="message">
          {sayRequestError(of)} {mayPass(of) && <LinkButton onClick={onRetry}>{texts.problems.retry}</LinkButton>}
        </p>
      )}
    </div>
  );
}

/** Shown beside the picture while it does not belong to the newest edit, or instead of a picture: the reason. */
export function Notice() {
  const error = requestError.value;
  return (
    <div role="alert" class="notice">
      {error && (
        <p>
          {sayRequestError(error)} <LinkButton onClick={() => void retrace()}>{texts.problems.retry}</LinkButton>
        </p>
      )}
    </div>
  );
}

/** Shown instead of a picture if a link could not be opened: the page opens no other network by itself. */
export function NothingOpen() {
  const [first] = examples.value;
  if (network.value || pending.value || notice.value === null || !first) return null;
  return (
    <div class="nothing-open">
      <p>{texts.problems.nothingOpen}</p>
      <button type="button" class="primary" onClick={() => void openFirst()}>
        {texts.problems.openFirst(first.title)}
      </button>
    </div>
  );
}
