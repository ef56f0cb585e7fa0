import { texts } from '../texts';
import { help as words } from '../texts/help';
import { SpokenLock } from '../ui/Lock';

/** The meaning of the signs, the purpose of the parts of the page, and the keys. */
export function HelpContents() {
  return (
    <>
      <h3>{words.signsTitle}</h3>
      <List of={words.signs} kind="signs" />
      <h3>{words.marksTitle}</h3>
      <dl>
        <div>
          <dt>
            <svg viewBox="0 0 44 12" aria-label={texts.diagram.legend.negative} role="img">
              <path class="ink negative" style={{ '--strength': 1 }} d="M1 6h42" stroke-width="3" />
            </svg>
          </dt>
          <dd>{words.dashed}</dd>
        </div>
        <div>
          <dt>
            <SpokenLock name={texts.build.fields.frozen ?? ''} />
          </dt>
          <dd>{words.lock}</dd>
        </div>
      </dl>
      <List of={words.terms} />
      <h3>{words.readingTitle}</h3>
      {words.reading.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <h3>{words.partsTitle}</h3>
      <List of={words.parts} />
      <h3>{words.keysTitle}</h3>
      <List of={words.keys} />
      <Further address="/docs" title={words.reference} />
      <Further address="/THIRD-PARTY.txt" title={words.licences} />
    </>
  );
}

function List({ of, kind }: { of: readonly (readonly [string, string])[]; kind?: string }) {
  return (
    <dl class={kind}>
      {of.map(([term, says]) => (
        <div key={says}>
          <dt>{term}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A page beside this one, which stays open. */
function Further({ address, title }: { address: string; title: string }) {
  return (
    <p>
      <a class="link" href={address} target="_blank" rel="noreferrer">
        {title}
      </a>
    </p>
  );
}
