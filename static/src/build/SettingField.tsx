import { useId } from 'preact/hooks';
import type { Field } from '../model/layer-settings';
import { texts } from '../texts';
import { Select } from '../ui/choices';
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
  set: (value: unknown) => void;
}

/** A setting in a separate row, with a field for its kind. */
export function SettingField({ field, pointer, value, owner, set }: Props) {
  const id = useId();
  const own = `${pointer}/${field.name}`;
  const label = words.fields[field.name] ?? words.field(field.name);
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
            options={field.choices.map((choice) => ({ value: choice, title: words.field(choice) }))}
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
