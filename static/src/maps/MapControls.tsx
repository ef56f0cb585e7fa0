import { Select } from '../page/Select';
import { canZoom, FACES, faceChoice, SCALES, scale, setFace, setScale, zoomBy } from '../state/maps';
import { showSample } from '../state/network';
import { sample, trace } from '../state/store';
import { texts } from '../texts';

const words = texts.maps;

/** How the maps are shown: what, on which scale, how large, and of which sample. */
export function MapControls() {
  const rows = trace.value?.document.x.length ?? 1;
  return (
    <div class="map-controls">
      <Choice name="face" words={words.face} options={FACES} chosen={faceChoice.value} onChoose={setFace} />
      <Choice name="scale" words={words.scale} options={SCALES} chosen={scale.value} onChoose={setScale} />
      {rows > 1 && (
        <label class="sample" title={texts.diagram.sampleTitle}>
          <span>{texts.diagram.sample}</span>{' '}
          <Select
            value={String(sample.value)}
            options={Array.from({ length: rows }, (_, row) => ({ value: String(row), title: String(row + 1) }))}
            onChoose={(row) => void showSample(Number(row))}
          />{' '}
          {texts.diagram.sampleOf(rows)}
        </label>
      )}
      <span class="map-zoom">
        <Zoom by={-1} sign="M3 8h10" title={words.zoomOut} />
        <Zoom by={1} sign="M8 3v10M3 8h10" title={words.zoomIn} />
      </span>
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

export function Choice<Option extends string>({ name, words, options, chosen, onChoose }: ChoiceProps<Option>) {
  return (
    <fieldset class="choice">
      <legend>{words.legend}</legend>
      {options.map((one) => (
        <label key={one} title={words.titles[one]}>
          <input
            type="radio"
            name={`maps-${name}`}
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

function Zoom({ by, sign, title }: { by: 1 | -1; sign: string; title: string }) {
  return (
    <button
      type="button"
      class="quiet"
      title={title}
      aria-label={title}
      aria-disabled={!canZoom(by)}
      onClick={() => zoomBy(by)}
    >
      <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
        <path d={sign} />
      </svg>
    </button>
  );
}
