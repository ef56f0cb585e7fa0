import { revise } from '../build/act';
import { fresh } from '../build/schema';
import { inPageWords } from '../service-words';
import { catalog } from '../state/store';
import { texts } from '../texts';
import type { Tools } from './tools';

const words = texts.diagram.tools;

interface Props {
  of: Tools;
  /** Makes so many units. */
  set: (units: number) => void;
}

/** All that can be done at a column, in one menu, where there is no room for more. */
export function OneMenu({ of, set }: Props) {
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
          {inPageWords(title)}
        </option>
      ))}
    </optgroup>
  );
}

type Makes = NonNullable<Tools['makes']>;

export const moreOf = (makes: Makes): string =>
  makes.kind === 'inputs' ? texts.build.data.more : words.more(makes.name);

export const fewerOf = (makes: Makes): string =>
  makes.kind === 'inputs' ? texts.build.data.fewer : words.fewer(makes.name);

export const removalOf = ({ names }: NonNullable<Tools['removes']>): string =>
  words.remove(names.join(texts.build.between));
