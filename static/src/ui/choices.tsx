import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Kind } from '../model/layer-settings';
import { texts } from '../texts';
import { foreign } from '../texts/service-words';

interface ChoiceProps<Option extends string> {
  /** The name of the group of buttons, unique on the page. */
  name: string;
  words: { legend: string; names?: Readonly<Record<Option, string>>; titles?: Readonly<Record<Option, string>> };
  options: readonly Option[];
  chosen: Option;
  onChoose: (option: Option) => void;
  class?: string;
  /** Whether the legend is only for screen readers. */
  untitled?: boolean;
  /** The content shown instead of a name. */
  draw?: (option: Option) => ComponentChildren;
  /** The reason why an option cannot be chosen. */
  barred?: (option: Option) => string | null;
}

/** A choice between a few options, all visible. */
export function Choice<Option extends string>(props: ChoiceProps<Option>) {
  const { name, words, options, chosen, onChoose, class: more, untitled, draw, barred } = props;
  return (
    <fieldset class={more ? `choice ${more}` : 'choice'}>
      <legend class={untitled ? 'visually-hidden' : undefined}>{words.legend}</legend>
      {options.map((one) => {
        const why = barred?.(one) ?? null;
        return (
          <label key={one} title={why ?? words.titles?.[one]}>
            <input
              type="radio"
              name={name}
              value={one}
              checked={chosen === one}
              disabled={why !== null}
              onChange={() => onChoose(one)}
            />
            <span>{draw ? draw(one) : words.names?.[one]}</span>
          </label>
        );
      })}
    </fieldset>
  );
}

interface SelectProps {
  value: string;
  options: readonly { value: string; title: string; disabled?: boolean }[];
  onChoose: (value: string) => void;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string | undefined;
}

/** A menu that returns the keyboard to the page after a choice with the pointer. */
export function Select({ options, onChoose, ...rest }: SelectProps) {
  const byPointer = useRef(false);
  return (
    <select
      {...rest}
      onPointerDown={() => {
        byPointer.current = true;
      }}
      onKeyDown={() => {
        byPointer.current = false;
      }}
      onChange={(event) => {
        onChoose(event.currentTarget.value);
        if (byPointer.current) event.currentTarget.blur();
      }}
    >
      {options.map(({ value, title, disabled }) => (
        <option key={value} value={value} disabled={disabled} lang={foreign(title)}>
          {title}
        </option>
      ))}
    </select>
  );
}

type RowProps = SelectProps & { label: string; title: string; class?: string };

/** A menu with its label before it. */
export const SelectRow = ({ label, title, class: more = 'row', ...rest }: RowProps) => (
  <label class={more} title={title}>
    <span>{label}</span>
    <Select {...rest} />
  </label>
);

interface LayerSelectProps {
  label: string;
  /** The text of the menu while nothing is chosen. */
  title: string;
  kinds: readonly Kind[];
  value?: string;
  onChoose: (kind: Kind) => void;
}

/** A menu of all types of layer. */
export function LayerSelect({ label, title, kinds, value = '', onChoose }: LayerSelectProps) {
  const options = kinds.map(({ type, title: named }) => ({ value: type, title: named }));
  return (
    <label class="layer-select">
      <span class="visually-hidden">{label}</span>
      <Select
        value={value}
        aria-label={label}
        options={value ? options : [{ value: '', title: title || texts.build.layers.choose }, ...options]}
        onChoose={(type) => {
          const kind = kinds.find((one) => one.type === type);
          if (kind) onChoose(kind);
        }}
      />
    </label>
  );
}
