import { fresh } from '../model/layer-settings';
import { resized, sheetOf, withSheet } from '../model/sheet';
import { putBatch, revise } from '../state/buildActions';
import { catalog, network } from '../state/store';
import { endGesture } from '../state/undo';
import { space } from '../state/visibleGraph';
import { texts } from '../texts';
import { SignButton } from '../ui/buttons';
import { LayerSelect } from '../ui/choices';
import { type Gap, placeOf, TOOLS, type Tools, tools } from './tools';
import { placed } from './view';
import { view } from './zoom';
import './tools.css';

const words = texts.diagram.tools;

/** Above a column with hover or focus: − and + for its units, × for its layers, + where a layer can be added. */
export function ColumnTools() {
  const shown = tools.value;
  return shown && <Bar key={shown.column} {...shown} />;
}

function Bar(all: Tools) {
  const { column, makes } = all;
  const place = placeOf(column, placed.value, view.value, space.value);
  if (!place) return null;
  const set = (next: number) => {
    // Each press is a separate change.
    endGesture();
    if (makes?.kind === 'layer') revise({ kind: 'set', at: makes.at, field: 'output_dim', value: next });
    else setInputs(next);
  };
  return (
    <fieldset
      class="column-tools hands"
      style={{
        left: `${place.left}px`,
        top: `${place.top}px`,
        '--height': `${TOOLS.height}px`,
        gap: `${place.apart ?? 0}px`,
      }}
    >
      <legend class="visually-hidden">{words.title(column)}</legend>
      {place.apart === null ? <OneMenu of={all} set={set} /> : <Steps of={all} set={set} />}
    </fieldset>
  );
}

interface Props {
  of: Tools;
  /** Sets the number of units. */
  set: (units: number) => void;
}

function Steps({ of: { units, makes, before, after, removes }, set }: Props) {
  return (
    <>
      <AddLayer gap={before} label={words.before} />
      <span class="units">
        {makes && (
          <>
            <SignButton title={fewerOf(makes)} d="M4 8h8" disabled={units === 1} onClick={() => set(units - 1)} />
            <span class="count">{units}</span>
            <SignButton title={moreOf(makes)} d="M4 8h8M8 4v8" onClick={() => set(units + 1)} />
          </>
        )}
        {removes && (
          <SignButton
            title={removalOf(removes)}
            d="M4.5 4.5l7 7M11.5 4.5l-7 7"
            onClick={() => revise({ kind: 'remove', at: removes.at, count: removes.count })}
          />
        )}
      </span>
      <AddLayer gap={after} label={words.after} />
    </>
  );
}

function setInputs(inputs: number): void {
  const document = network.peek();
  const sheet = document && sheetOf(document);
  if (!sheet) return;
  putBatch(withSheet(document, resized(sheet, inputs, sheet.targets)), { title: texts.build.done.inputs(inputs) });
}

interface AddProps {
  gap: Gap | null;
  label: string;
}

/** A menu of layers. The new layer is as wide as its input, so that the weights after it still fit. */
function AddLayer({ gap, label }: AddProps) {
  if (!gap) return <span class="no-menu" />;
  return (
    <LayerSelect
      label={label}
      title="+"
      kinds={catalog.value?.layers ?? []}
      onChoose={(kind) => revise({ kind: 'add', at: gap.at, layer: fresh(kind, gap.width) })}
    />
  );
}

interface OneMenuProps {
  of: Tools;
  /** Sets the number of units. */
  set: (units: number) => void;
}

/** All actions of a column in one menu, where there is no space for more. */
function OneMenu({ of, set }: OneMenuProps) {
  const { units, makes, before, after, removes } = of;
  const acts: Record<string, () => void> = {
    more: () => set(units + 1),
    fewer: () => set(units - 1),
    remove: () => removes && revise({ kind: 'remove', at: removes.at, count: removes.count }),
  };
  const choose = (value: string) => {
    const [where, type] = value.split(' ');
    const gap = where === 'before' ? before : after;
    const kind = catalog.value?.layers.find((one) => one.type === type);
    if (gap && kind) revise({ kind: 'add', at: gap.at, layer: fresh(kind, gap.width) });
    else acts[value]?.();
  };
  return (
    <select
      class="one-menu"
      aria-label={words.menu}
      title={words.menu}
      value=""
      onChange={(event) => {
        choose(event.currentTarget.value);
        event.currentTarget.value = '';
      }}
    >
      <option value="" hidden>
        ±
      </option>
      {makes && (
        <>
          <option value="more">{moreOf(makes)}</option>
          <option value="fewer" disabled={units === 1}>
            {fewerOf(makes)}
          </option>
        </>
      )}
      {removes && <option value="remove">{removalOf(removes)}</option>}
      {before && <Kinds where="before" label={words.before} />}
      {after && <Kinds where="after" label={words.after} />}
    </select>
  );
}

function Kinds({ where, label }: { where: string; label: string }) {
  return (
    <optgroup label={label}>
      {catalog.value?.layers.map(({ type, title }) => (
        <option key={type} value={`${where} ${type}`}>
          {title}
        </option>
      ))}
    </optgroup>
  );
}

type Makes = NonNullable<Tools['makes']>;

const moreOf = (makes: Makes): string => (makes.kind === 'inputs' ? texts.build.data.more : words.more(makes.name));

const fewerOf = (makes: Makes): string => (makes.kind === 'inputs' ? texts.build.data.fewer : words.fewer(makes.name));

const removalOf = ({ names }: NonNullable<Tools['removes']>): string => words.remove(names.join(texts.build.between));
