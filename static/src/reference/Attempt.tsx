import { useId, useState } from 'preact/hooks';
import { reference as words } from '../texts/reference';
import { callOf, command, LONGEST, laidOut, missing, type Values } from './call';
import { type OpenApi, type Operation, sample } from './openapi';

interface Answer {
  status: string;
  headers: [string, string][];
  text: string;
}

/** A form that sends a call, the same call as a command, and the answer. */
export function Attempt({ operation, api, document }: { operation: Operation; api: OpenApi; document: unknown }) {
  const [values, setValues] = useState<Values>({});
  const [text, setText] = useState(() =>
    operation.body ? laidOut(JSON.stringify(sample(operation.body.schema, api, document))) : '',
  );
  const [answer, setAnswer] = useState<Answer | 'waiting' | 'unreachable' | null>(null);
  const call = callOf(operation, values, text);
  const lacking = missing(operation, values);
  const body = useId();

  const send = async (event: Event) => {
    event.preventDefault();
    if (lacking.length || answer === 'waiting') return;
    setAnswer('waiting');
    try {
      const { url, ...rest } = call;
      const response = await fetch(url, { ...rest, cache: 'no-store' });
      const headers = [...response.headers].filter(([name]) => SHOWN.has(name));
      setAnswer({ status: `${response.status} ${response.statusText}`, headers, text: await response.text() });
    } catch {
      setAnswer('unreachable');
    }
  };

  return (
    <form class="attempt" onSubmit={(event) => void send(event)}>
      {operation.parameters.map(({ name, required, schema }) => (
        <label key={name}>
          <span>
            <code>{name}</code>
            {required && <em>{words.required}</em>}
          </span>
          <input
            value={values[name] ?? ''}
            placeholder={schema.default === undefined || schema.default === null ? '' : String(schema.default)}
            spellcheck={false}
            autocapitalize="off"
            autocomplete="off"
            onInput={({ currentTarget }) => setValues({ ...values, [name]: currentTarget.value })}
          />
        </label>
      ))}
      {operation.body && (
        <>
          <label for={body}>{words.body}</label>
          <textarea
            id={body}
            rows={Math.min(20, text.split('\n').length + 1)}
            spellcheck={false}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </>
      )}
      <div class="send">
        <button type="submit" class="primary" disabled={lacking.length > 0}>
          {words.send}
        </button>
        {lacking.length > 0 && <span>{words.lacking(lacking)}</span>}
        <Copy text={command(call, location.origin)} />
      </div>
      <div role="status">
        {answer === 'waiting' && <p>{words.waiting}</p>}
        {answer === 'unreachable' && <p class="wrong">{words.unreachable}</p>}
        {answer !== null && typeof answer === 'object' && <p class="status">{answer.status}</p>}
      </div>
      {answer !== null && typeof answer === 'object' && <Received {...answer} />}
    </form>
  );
}

/** Headers of the answer that say something about it; the others are the same for every answer. */
const SHOWN = new Set(['allow', 'content-type', 'etag', 'location', 'retry-after', 'x-request-id']);

function Received({ headers, text }: Answer) {
  const json = headers.some(([name, value]) => name === 'content-type' && value.includes('json'));
  const whole = text.length <= LONGEST;
  return (
    <>
      <dl class="headers">
        {headers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {text !== '' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
        <section tabIndex={0} aria-label={words.answer}>
          <pre>{whole ? (json ? laidOut(text) : text) : text.slice(0, LONGEST)}</pre>
        </section>
      )}
      {!whole && <p>{words.cut(LONGEST, text.length)}</p>}
    </>
  );
}

function Copy({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid(words.copied),
      () => setSaid(words.notCopied),
    );
  return (
    <>
      <button type="button" class="link" title={text} onClick={() => void copy()}>
        {words.copy}
      </button>
      <span role="status">{said}</span>
    </>
  );
}
