import { openFirst } from '../state/network';
import { mayPass, type RequestError, sayRequestError } from '../state/requestError';
import { retrace } from '../state/starting';
import { examples, network, notice, pending, requestError } from '../state/store';
import { texts } from '../texts';
import { inPageWords, runs } from '../texts/service-words';
import { LinkButton } from './buttons';

/** A message that may hold the service's own words: in another language's page those are marked as English. */
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

/** What became of a question that the page has asked by itself, and a way to ask it once more. */
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

/** Said beside the picture while it is not that of the newest edit, or in the place of one: and why. */
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
