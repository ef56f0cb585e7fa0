import { Select } from '../page/Select';
import { checked, filter, layer, showLayer, showOnly } from '../state/check';
import { trace } from '../state/store';
import { texts } from '../texts';
import { FILTERS, type Filter, layersOf, WORST } from './sort';

const words = texts.check;

const NONE = { differs: 0, kink: 0, undecided: 0 };

/** Which rows the table has. */
export function Filters() {
  const { rows = [], counts: found = NONE } = checked.value ?? {};
  const counts: Record<Filter, number> = { all: rows.length, worst: Math.min(WORST, rows.length), ...found };
  // That none differs is worth a word; kinks, and what cannot be told, where there are some.
  const shown = FILTERS.filter((one) => counts[one] > 0 || one === 'differs' || one === filter.value);
  const layers = trace.value ? layersOf(trace.value) : [];
  return (
    <div class="filters">
      <fieldset class="choice">
        <legend>{words.show}</legend>
        {shown.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="check-filter"
              value={one}
              checked={filter.value === one}
              onChange={() => showOnly(one)}
            />
            <span>{words.filters[one](counts[one])}</span>
          </label>
        ))}
      </fieldset>
      {layers.length > 1 && (
        <label class="of-layer" title={words.layerTitle}>
          <span>{words.layer}</span>
          <Select
            value={layer.value ?? ''}
            options={[
              { value: '', title: words.allLayers },
              ...layers.map((name) => ({ value: name, title: name === 'x' ? words.inputs : name })),
            ]}
            onChoose={(name) => showLayer(name || null)}
          />
        </label>
      )}
    </div>
  );
}
