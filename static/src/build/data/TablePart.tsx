import type { NetworkDocument } from '../../api/types';
import { Select } from '../../page/Select';
import { network } from '../../state/store';
import { texts } from '../../texts';
import { put } from '../act';

const words = texts.build.data.table;

type Data = NonNullable<NetworkDocument['data']>;
type Scale = NonNullable<Data['scale']>;

/** What the sheet's columns are called in their table: inputs, then targets or the class. */
export function namesOf(data: NetworkDocument['data']): string[] {
  const columns = data?.columns ?? [];
  const named = (...roles: string[]) => columns.filter(({ role }) => roles.includes(role)).map(({ name }) => name);
  return [...named('input'), ...named('target', 'class')];
}

/** Of data that come from a table: which class is which, and how the inputs are scaled. */
export function TablePart({ data }: { data: Data }) {
  const classes = data.columns?.find(({ role }) => role === 'class')?.classes ?? [];
  const scale = data.scale ?? 'none';
  const rescale = (next: Scale) => {
    const document = network.peek();
    if (!document?.data) return;
    put(
      { ...document, data: { ...document.data, scale: next } },
      { title: words.rescaled(words.scales[next]), places: ['/data/scale'] },
    );
  };
  return (
    <div class="of-table">
      {classes.length > 0 && (
        <p class="hint">
          {words.counted(classes.map((name, place) => `${place} = ${name}`).join(texts.build.between))}
        </p>
      )}
      <label class="row" title={words.scaleTitle}>
        <span>{words.scale}</span>
        <Select
          value={scale}
          options={(['none', 'standard', 'minmax'] as const).map((value) => ({ value, title: words.scales[value] }))}
          onChoose={(value) => rescale(value as Scale)}
        />
      </label>
    </div>
  );
}
