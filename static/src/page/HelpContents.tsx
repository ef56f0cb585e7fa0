import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ClassState } from '../api/questions';
import { askClass, enterClass, sayClass, sayWhyNot } from '../state/classCode';
import { licences } from '../state/reading';
import { readOnly } from '../state/store';
import { texts } from '../texts';
import { help as words } from '../texts/help';
import { PlainButton } from '../ui/buttons';
import { SpokenLock } from '../ui/Lock';
import './class-code.css';

/** The class code, the meaning of the signs, the purpose of the parts of the page, and the keys. */
export function HelpContents() {
  return (
    <>
      {!readOnly.value && <ClassCode />}
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
      {licences.value && (
        <details>
          <summary>{words.licences}</summary>
          <pre>{licences.value}</pre>
        </details>
      )}
      {!readOnly.value && (
        <>
          <Further address="/docs" title={words.reference} />
          <Further address="/THIRD-PARTY.txt" title={words.licences} />
        </>
      )}
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

const ofClass = words.classCode;

/** Where a class code is entered, and until when it holds. A service without quotas needs none. */
function ClassCode() {
  const field = useRef<HTMLInputElement>(null);
  const status = useRef<HTMLParagraphElement>(null);
  const entered = useRef(false);
  const [state, setState] = useState<ClassState | null>(null);
  const [fault, setFault] = useState('');
  useEffect(() => {
    // Without an answer there is no field; the rest of the help is there.
    askClass().then(setState, () => undefined);
  }, []);
  useLayoutEffect(() => {
    // The field has disappeared with its focus.
    if (entered.current) status.current?.focus();
  }, [state]);
  if (!state?.quotas) return null;
  const enter = async () => {
    const code = field.current?.value.trim() ?? '';
    if (code === '') return field.current?.focus();
    try {
      setState(await enterClass(code));
      setFault('');
      entered.current = true;
    } catch (error) {
      setFault(sayWhyNot(error));
      field.current?.focus();
    }
  };
  return (
    <section class="class-code" aria-labelledby="class-code-title">
      <h3 id="class-code-title">{ofClass.title}</h3>
      <p ref={status} role="status" tabIndex={-1}>
        {sayClass(state)}
      </p>
      {state.until === null && (
        <>
          <p id="class-code-about">{ofClass.about}</p>
          <div class="class-code-entry">
            <input
              ref={field}
              type="text"
              class="line-field"
              aria-label={ofClass.title}
              aria-describedby="class-code-about"
              aria-invalid={fault !== ''}
              autocomplete="off"
              spellcheck={false}
              onKeyDown={(event) => {
                if (event.key === 'Enter') void enter();
              }}
            />
            <PlainButton onClick={() => void enter()}>{ofClass.enter}</PlainButton>
          </div>
        </>
      )}
      <div role="alert">{fault && <p class="message">{fault}</p>}</div>
    </section>
  );
}
