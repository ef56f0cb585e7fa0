import { Select } from '../page/Select';
import { checked, filter, layer, showLayer, showOnly } from '../state/check';
import { texts } from '../texts';
import { FILTERS, type Filter, layersOf, WORST } from './sort';

const words = texts.check;

/** Which rows the table has. */
export function Filters() {
  const { rows = [], failed = 0 } = checked.value ?? {};
  const counts: Record<Filter, number> = { all: rows.length, worst: Math.min(WORST, rows.length), failed };
  const layers = layersOf(rows);
  return (
    <div class="filters">
      <fieldset class="choice">
        <legend>{words.show}</legend>
        {FILTERS.map((one) => (
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
