/** The reference of the API at /docs: every call of openapi.json, with a form to try it. */

import { render } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { apply } from '../state/theme';
import { language } from '../texts/language';
import { reference as words } from '../texts/reference';
import { Attempt } from './Attempt';
import { Field, Fields, Prose } from './Fields';
import { matching, type OpenApi, type Operation, operations } from './openapi';
import '../styles/sans.css';
import '../styles/colours.css';
import '../styles/base.css';
import './reference.css';

function Reference({ api, document }: { api: OpenApi; document: unknown }) {
  const all = operations(api);
  const [searched, setSearched] = useState('');
  const found = matching(all, searched);
  const groups = [...new Set(found.map(({ group }) => group))];
  return (
    <>
      <header>
        <h1>{words.title}</h1>
        <p>
          {api.info.version} · <a href="/">{words.page}</a> · <a href="/openapi.json">openapi.json</a>
        </p>
        <label>
          <span>{words.search}</span>
          <input type="search" value={searched} onInput={({ currentTarget }) => setSearched(currentTarget.value)} />
        </label>
      </header>
      <main>
        <p role="status">{found.length ? '' : words.nothing}</p>
        {groups.map((group) => (
          <section key={group} aria-labelledby={`group-${group}`}>
            <h2 id={`group-${group}`}>{words.groups[group as keyof typeof words.groups] ?? group}</h2>
            {found
              .filter((one) => one.group === group)
              .map((one) => (
                <Call key={one.id} operation={one} api={api} document={document} />
              ))}
          </section>
        ))}
      </main>
    </>
  );
}

function Call({ operation, api, document }: { operation: Operation; api: OpenApi; document: unknown }) {
  const { id, method, path, description, parameters, body, answers } = operation;
  const [open, setOpen] = useState(location.hash === `#${id}`);
  // Made when it is first opened, and kept: what was typed and answered is there when it is opened again.
  const made = useRef(false);
  made.current ||= open;
  const toggle = (opened: boolean) => {
    setOpen(opened);
    if (opened) history.replaceState(null, '', `#${id}`);
  };
  return (
    <details class="call" id={id} open={open} onToggle={({ currentTarget }) => toggle(currentTarget.open)}>
      <summary>
        <h3>
          <b class={method.toLowerCase()}>{method}</b> <code>{path}</code>
        </h3>
        <p lang="en">
          <Prose text={description} />
        </p>
      </summary>
      {made.current && (
        <div class="about">
          {parameters.length > 0 && (
            <>
              <h4>{words.parameters}</h4>
              <dl class="fields">
                {parameters.map(({ name, schema, required, description: meaning }) => (
                  <Field
                    key={name}
                    name={name}
                    field={{ ...schema, ...(meaning ? { description: meaning } : {}) }}
                    required={required ?? false}
                    api={api}
                  />
                ))}
              </dl>
            </>
          )}
          {body && (
            <>
              <h4>{words.body}</h4>
              <Fields schema={body.schema} api={api} />
            </>
          )}
          <h4>{words.attempt}</h4>
          <Attempt operation={operation} api={api} document={document} />
          <h4>{words.answers}</h4>
          <dl class="fields">
            {answers.map(({ status, description: meaning, schema }) => (
              <div key={status}>
                <dt>
                  <code>{status}</code>
                </dt>
                <dd>
                  <span lang="en">{meaning}</span>
                  {schema && <Fields schema={schema} api={api} folded={!status.startsWith('2')} />}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </details>
  );
}

async function read(address: string): Promise<unknown> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  return answer.json();
}

async function start(): Promise<void> {
  const app = document.getElementById('app') as HTMLElement;
  apply();
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
  document.title = words.title;
  try {
    const [api, examples] = await Promise.all([read('/openapi.json'), read('/api/examples')]);
    const [first] = examples as { document: unknown }[];
    render(<Reference api={api as OpenApi} document={first?.document} />, app);
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  } catch {
    render(<p class="wrong">{words.unreachable}</p>, app);
  }
}

void start();
