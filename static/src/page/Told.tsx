import { runs } from '../texts/service-words';

/** A message that may hold the service's own words: in another language's page those are marked as English. */
export function Told({ text }: { text: string }) {
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
