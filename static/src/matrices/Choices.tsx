import { Select } from '../page/Select';
import { cells, chosenLayer, law, layers, setCells, setLaw, setLayer, someAreLarge } from '../state/matrices';
import { showSample } from '../state/network';
import { sample, trace } from '../state/store';
import { texts } from '../texts';
import { LAWS } from './choice';
import { CELLS } from './room';

const words = texts.matrices;

/** Which law, of which layer, and how large matrices are shown. */
export function Choices() {
  const rows = trace.value?.document.x.length ?? 1;
  return (
    <div class="matrix-choices">
      <Choice name="law" words={words.law} options={LAWS} chosen={law.value} onChoose={setLaw} />
      {layers.value.length > 1 && (
        <label class="of-layer" title={words.layerTitle}>
          <span>{words.layer}</span>
          <Select
            value={chosenLayer.value ?? ''}
            options={[
              { value: '', title: words.allLayers },
              ...layers.value.map((name) => ({ value: name, title: name })),
            ]}
            onChoose={(name) => setLayer(name === '' ? null : name)}
          />
        </label>
      )}
      {someAreLarge.value && (
        <Choice name="cells" words={words.cells} options={CELLS} chosen={cells.value} onChoose={setCells} />
      )}
      {rows > 1 && (
        <label class="sample" title={texts.diagram.sampleTitle}>
          <span>{texts.diagram.sample}</span>
          <Select
            value={String(sample.value)}
            options={Array.from({ length: rows }, (_, row) => ({ value: String(row), title: String(row + 1) }))}
            onChoose={(row) => void showSample(Number(row))}
          />
          <span>{texts.diagram.sampleOf(rows)}</span>
        </label>
      )}
    </div>
  );
}

interface ChoiceProps<Option extends string> {
  name: string;
  words: { legend: string; names: Record<Option, string>; titles: Record<Option, string> };
  options: readonly Option[];
  chosen: Option;
  onChoose: (option: Option) => void;
}

function Choice<Option extends string>({ name, words, options, chosen, onChoose }: ChoiceProps<Option>) {
  return (
    <fieldset class="choice">
      <legend>{words.legend}</legend>
      {options.map((one) => (
        <label key={one} title={words.titles[one]}>
          <input
            type="radio"
            name={`matrices-${name}`}
            value={one}
            checked={chosen === one}
            onChange={() => onChoose(one)}
          />
          <span>{words.names[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}
