import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { begun, type Field, variantIn } from '../model/layer-settings';
import { outputs } from '../state/buildActions';
import { edit } from '../state/network';
import { texts } from '../texts';
import { Select } from '../ui/choices';
import { SymbolMath } from '../ui/MathML';
import { Messages } from '../ui/Messages';
import { NumberField } from '../ui/NumberField';

const words = texts.build;

interface Props {
  field: Field;
  /** JSON pointer of the layer, loss or optimizer that has the setting. */
  pointer: string;
  value: unknown;
  /** Name of its layer, needed where several have the same setting. */
  owner?: string;
  /** The names of the setting and of its choices, if they have others than in a layer. */
  names?: Readonly<Record<string, string>>;
  set: (value: unknown) => void;
}

/** A setting in a separate row, with a field for its kind. */
export function SettingField({ field, pointer, value, owner, names, set }: Props) {
  const id = useId();
  if (field.kind === 'variants') return <VariantField {...{ field, pointer, value, set }} />;
  if (field.kind === 'list') return <ListField {...{ field, pointer, value, set }} />;
  const own = `${pointer}/${field.name}`;
  const label = (names ?? words.fields)[field.name] ?? words.field(field.name);
  const spoken = owner ? words.ofLayer(label, owner) : label;
  const shared = { bounds: field, whole: field.kind === 'integer' || field.kind === 'sides' };
  const part = (place: number) => `${own}/${place}`;
  const pair = Array.isArray(value) ? (value as number[]) : null;
  return (
    <>
      <div class="row">
        <span id={id}>{label}</span>
        {field.kind === 'boolean' ? (
          <input
            type="checkbox"
            aria-label={spoken}
            checked={value === true}
            onChange={(event) => set(event.currentTarget.checked)}
          />
        ) : field.kind === 'choice' ? (
          <Select
            aria-label={spoken}
            value={String(value)}
            options={field.choices.map((choice) => ({
              value: choice,
              title: names?.[choice] ?? wordOf(field.name, choice),
            }))}
            onChoose={set}
          />
        ) : pair ? (
          <span class="pair">
            {pair.map((one, place) => (
              <NumberField
                key={place}
                {...shared}
                pointer={part(place)}
                value={one}
                label={words.each(spoken, place + 1)}
                set={(number) => set(pair.with(place, number ?? 0))}
              />
            ))}
          </span>
        ) : (
          <NumberField
            {...shared}
            pointer={own}
            value={typeof value === 'number' ? value : null}
            label={spoken}
            optional={field.optional}
            set={set}
          />
        )}
      </div>
      <Messages at={(where) => where === own || where === part(0) || where === part(1)} />
    </>
  );
}

/** A number for each output, or none: switched on, all are 1. */
function ListField({ field, pointer, value, set }: Props) {
  const own = `${pointer}/${field.name}`;
  const label = words.fields[field.name] ?? words.field(field.name);
  const numbers = Array.isArray(value) ? (value as number[]) : null;
  return (
    <>
      <div class="row">
        <span>{label}</span>
        <input
          type="checkbox"
          aria-label={label}
          checked={numbers !== null}
          onChange={(event) => set(event.currentTarget.checked ? Array(outputs.value ?? 1).fill(1) : null)}
        />
      </div>
      {numbers && (
        <div class="listed">
          {numbers.map((one, place) => (
            <div class="row" key={place}>
              <SymbolMath of={`c_${place + 1}`} />
              <NumberField
                bounds={field}
                pointer={`${own}/${place}`}
                value={one}
                label={words.each(label, place + 1)}
              />
            </div>
          ))}
        </div>
      )}
      <Messages at={(where) => where === own || where.startsWith(`${own}/`)} />
    </>
  );
}

/** What one of several choices is called; the same name may mean another thing in another setting. */
const wordOf = (field: string, choice: string): string =>
  words.fields[`${field}.${choice}`] ?? words.fields[choice] ?? words.field(choice);

/** A setting that has several forms, each with its own fields, or is left out. */
function VariantField({ field, pointer, value, set }: Props) {
  const own = `${pointer}/${field.name}`;
  const label = words.fields[field.name] ?? words.field(field.name);
  const chosen = variantIn(field, value);
  const options = field.variants.map(({ name }) => ({ value: name, title: wordOf(field.name, name) }));
  const has = value as Record<string, unknown>;
  return (
    <>
      <div class="row">
        <span>{label}</span>
        <Select
          aria-label={label}
          value={chosen?.name ?? ''}
          options={[{ value: '', title: words.none }, ...options]}
          onChoose={(name) => {
            const variant = field.variants.find((one) => one.name === name);
            set(variant ? begun(variant) : null);
          }}
        />
      </div>
      <Messages at={(where) => where === own} />
      {chosen?.fields.map((inner) => (
        <SettingField
          key={inner.name}
          field={inner}
          pointer={own}
          value={has[inner.name] ?? inner.usual}
          owner={label}
          // At its own place: a refusal and a text that is no number belong to this field.
          set={(part) => void edit(`${own}/${inner.name}`, part)}
        />
      ))}
    </>
  );
}

interface GroupProps {
  summary: ComponentChildren;
  title?: string;
  class?: string;
  /** Whether it is open at first. */
  usual?: boolean;
  /** It opens when it contains an error, and stays open when the error is gone: the field in it may have the focus. */
  wrong: boolean;
  children: ComponentChildren;
}

/** Settings that can be folded. */
export function Folded({ summary, title, class: name = 'more', usual = false, wrong, children }: GroupProps) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  return (
    <details class={name} open={wrong || (chosen ?? usual)} onToggle={(event) => setChosen(event.currentTarget.open)}>
      <summary title={title}>{summary}</summary>
      {children}
    </details>
  );
}
