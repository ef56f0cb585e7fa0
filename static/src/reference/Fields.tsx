import { useState } from 'preact/hooks';
import { reference as words } from '../texts/reference';
import { type OpenApi, objectsIn, type Schema, typeText } from './openapi';

/** The fields of a schema's objects; objects within them open one by one, since some contain themselves. */
export function Fields({ schema, api, folded = false }: { schema: Schema; api: OpenApi; folded?: boolean }) {
  const objects = objectsIn(schema, api);
  return (
    <div class="schema">
      {(objects.length !== 1 || folded) && <p class="type">{typeText(schema)}</p>}
      {objects.map(([name, object]) =>
        objects.length === 1 && !folded ? (
          <FieldList key={name} of={object} api={api} />
        ) : (
          <Inner key={name} {...{ name, object, api }} />
        ),
      )}
    </div>
  );
}

function FieldList({ of, api }: { of: Schema; api: OpenApi }) {
  return (
    <dl class="fields">
      {Object.entries(of.properties ?? {}).map(([name, field]) => (
        <Field key={name} name={name} field={field} required={of.required?.includes(name) ?? false} api={api} />
      ))}
    </dl>
  );
}

interface FieldProps {
  name: string;
  field: Schema;
  required: boolean;
  api: OpenApi;
}

export function Field({ name, field, required, api }: FieldProps) {
  const usual = field.default === undefined || field.default === null ? '' : JSON.stringify(field.default);
  return (
    <div>
      <dt>
        <code>{name}</code>
        {required && <em>{words.required}</em>}
      </dt>
      <dd>
        <span class="type">{typeText(field)}</span>
        {usual && <span class="usual">{words.usual(usual)}</span>}
        {field.description && (
          <p lang="en">
            <Prose text={field.description} />
          </p>
        )}
        {objectsIn(field, api).map(([inner, object]) => (
          <Inner key={inner} name={inner} object={object} api={api} />
        ))}
      </dd>
    </div>
  );
}

function Inner({ name, object, api }: { name: string; object: Schema; api: OpenApi }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.fieldsOf(name)}</summary>
      {open && <FieldList of={object} api={api} />}
    </details>
  );
}

/** A text of the service: what is between backticks is code. */
export function Prose({ text }: { text: string }) {
  return <>{text.split('`').map((part, place) => (place % 2 ? <code key={`${place}${part}`}>{part}</code> : part))}</>;
}
