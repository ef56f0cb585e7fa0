import { Choice } from '../page/Choice';
import { SampleChoice } from '../page/SampleChoice';
import { Select } from '../page/Select';
import { cells, chosenLayer, law, layers, setCells, setLaw, setLayer, someAreLarge } from '../state/matrices';
import { texts } from '../texts';
import { LAWS } from './choice';
import { CELLS } from './room';

const words = texts.matrices;

/** Which law, of which layer, and how large matrices are shown. */
export function Choices() {
  return (
    <div class="matrix-choices">
      <Choice name="matrices-law" words={words.law} options={LAWS} chosen={law.value} onChoose={setLaw} />
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
        <Choice name="matrices-cells" words={words.cells} options={CELLS} chosen={cells.value} onChoose={setCells} />
      )}
      <SampleChoice />
    </div>
  );
}
