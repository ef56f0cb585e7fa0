import { signal } from '@preact/signals';
import type { Catalog, NetworkDocument } from '../../api/types';
import { samplesIn } from '../../model/given';
import { type Field, fieldsOf } from '../../model/layer-settings';
import { sayRequestError } from '../../state/requestError';
import { hasMiniBatches, isPlane, newestRows, rowsTrouble, setData, useRows } from '../../state/rows';
import { catalog, trace } from '../../state/store';
import { table } from '../../texts/table';
import { PlainButton } from '../../ui/buttons';
import { Select } from '../../ui/choices';
import { HandPlane } from '../../ui/HandPlane';
import { Messages } from '../../ui/Messages';
import { NumberField } from '../../ui/NumberField';
import { Plane } from '../../ui/Plane';
import { SettingField } from '../SettingField';

const words = table.sets;
type Data = NonNullable<NetworkDocument['data']>;
type Name = 'samples' | 'noise' | 'seed' | 'batch' | 'order' | 'held_out' | 'scale';

/** The settings of data: what is drawn, the mini-batches, and what is held out. */
export function DataSettings({ data }: { data: Data | undefined }) {
  const fields = fieldsOf({ parameters: catalog.value?.data ?? [] });
  const set = catalog.value?.sets.find((one) => one.set === data?.set);
  const moving = hasMiniBatches({ data });
  const has = (data ?? {}) as Partial<Record<Name, unknown>>;
  const field = (name: Name, change: Partial<Field> = {}) => {
    const found = fields.find((one) => one.name === name);
    return found && { ...found, optional: false, ...change };
  };
  const shown = (name: Name, usual: unknown, of = field(name)) =>
    of && (
      <SettingField
        key={name}
        field={of}
        pointer="/data"
        names={words.fields}
        value={has[name] ?? usual}
        set={(value) => setData(name, value, words.changed(words.fields[name] ?? name, said(value)))}
      />
    );
  const drawn = set?.noise === true;
  return (
    <div class="settings data-settings">
      {set && shown('samples', set.samples, field('samples', { most: set.most }))}
      {drawn && shown('noise', 0)}
      <BatchField value={data?.batch ?? 'all'} />
      {shown('held_out', 0)}
      {shown('order', set ? 'shuffled' : 'given')}
      {(drawn || moving) && (
        <>
          {shown('seed', 0)}
          <p class="seed-again">
            <PlainButton
              title={words.drawTitle}
              onClick={() => {
                const next = Number(has.seed ?? 0) + 1;
                setData('seed', next, words.changed(words.fields.seed ?? '', said(next)));
              }}
            >
              {drawn ? words.draw : words.shuffle}
            </PlainButton>
          </p>
        </>
      )}
      {(set || !data) && shown('scale', 'none')}
      <Divided />
    </div>
  );
}

/** Whether points are changed by hand. */
const byHand = signal(false);

/** The points of the data, if they are in a plane. */
export function Picture() {
  const asked = useRows();
  const trouble = rowsTrouble.value;
  if (trouble) return <p class="message">{sayRequestError(trouble)}</p>;
  if (!asked) return null;
  const rows = newestRows(asked);
  if (!isPlane(rows)) return null;
  const batch = new Set(trace.value?.batch_rows ?? []);
  const some = rows.every > 1;
  return (
    <figure class="points-plane">
      <PlainButton
        aria-pressed={byHand.value && !some}
        disabled={some}
        title={some ? table.hand.many(rows.x.length) : table.hand.buttonTitle}
        onClick={() => {
          byHand.value = !byHand.value;
        }}
      >
        {table.hand.button}
      </PlainButton>
      {byHand.value && !some ? <HandPlane rows={rows} batch={batch} /> : <Plane rows={rows} batch={batch} />}
    </figure>
  );
}

const said = (value: unknown): string => (typeof value === 'string' ? (words.fields[value] ?? value) : String(value));

type Part = { type?: string; minimum?: number; maximum?: number; oneOf?: Part[]; anyOf?: Part[]; examples?: unknown[] };

/** What the catalog says of a mini-batch: the limits of a number of rows, and the usual one. */
function batchIn({ data }: Pick<Catalog, 'data'>) {
  const schema = data.find(({ name }) => name === 'batch')?.schema as Part | undefined;
  const parts = (schema?.anyOf ?? []).flatMap((part) => part.oneOf ?? [part]);
  const { minimum: least = 1, maximum: most = Infinity } = parts.find(({ type }) => type === 'integer') ?? {};
  return { least, most, usual: Number(schema?.examples?.[0] ?? least) };
}

/** The rows of a mini-batch: all of them, or a number. */
function BatchField({ value }: { value: number | 'all' }) {
  const known = catalog.value && batchIn(catalog.value);
  const label = words.fields.batch ?? '';
  const { value: shown } = trace;
  const training = shown ? (shown.batches?.training ?? samplesIn(shown)) : Infinity;
  const choose = (next: number | 'all') =>
    setData('batch', next, words.changed(label, next === 'all' ? words.all : String(next)));
  return (
    <>
      <div class="row">
        <span>{label}</span>
        <span class="pair">
          <Select
            aria-label={label}
            value={value === 'all' ? 'all' : 'some'}
            options={[
              { value: 'all', title: words.all },
              { value: 'some', title: words.some },
            ]}
            onChoose={(one) => choose(one === 'all' ? 'all' : Math.min(known?.usual ?? 1, training))}
          />
          {value !== 'all' && (
            <NumberField
              pointer="/data/batch"
              value={value}
              label={words.rowsOf(label)}
              whole
              bounds={{ least: known?.least ?? 1, most: known?.most ?? Infinity }}
              set={(next) => next !== null && choose(next)}
            />
          )}
        </span>
      </div>
      <Messages at={(where) => where === '/data/batch'} />
    </>
  );
}

/** How many rows are trained on and held out. */
function Divided() {
  const batches = trace.value?.batches;
  if (!batches) return null;
  return (
    <p class="hint">
      {words.divided(batches.training, batches.held_out)} {words.steps(batches.steps)}
    </p>
  );
}
