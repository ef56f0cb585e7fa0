import { Select } from '../page/Select';
import { showSample } from '../state/network';
import { sample, trace } from '../state/store';
import { texts } from '../texts';
import { placed, space } from './view';
import { fitView, zoomBy } from './zoom';

const CLOSER = 1.3;

/** Zoom, fit, and which row of the batch is shown. */
export function Controls({ picture }: { picture: { current: HTMLElement | null } }) {
  const on = (act: (picture: HTMLElement) => void) => () => picture.current && act(picture.current);
  return (
    <div class="diagram-controls">
      <SampleChoice />
      <button
        type="button"
        class="quiet"
        title={texts.diagram.zoomOut}
        aria-label={texts.diagram.zoomOut}
        onClick={on((it) => zoomBy(it, 1 / CLOSER))}
      >
        <Sign d="M4 8h8" />
      </button>
      <button
        type="button"
        class="quiet"
        title={texts.diagram.zoomIn}
        aria-label={texts.diagram.zoomIn}
        onClick={on((it) => zoomBy(it, CLOSER))}
      >
        <Sign d="M4 8h8M8 4v8" />
      </button>
      <button
        type="button"
        class="quiet"
        title={texts.diagram.fit}
        aria-label={texts.diagram.fit}
        onClick={on((it) => fitView(it, placed.value, space.value))}
      >
        <Sign d="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3" />
      </button>
    </div>
  );
}

function SampleChoice() {
  const rows = trace.value?.document.x.length ?? 1;
  if (rows < 2) return null;
  return (
    <label class="sample" title={texts.diagram.sampleTitle}>
      {texts.diagram.sample}
      <Select
        value={String(sample.value)}
        options={Array.from({ length: rows }, (_, row) => ({ value: String(row), title: String(row + 1) }))}
        onChoose={(row) => void showSample(Number(row))}
      />
      {texts.diagram.sampleOf(rows)}
    </label>
  );
}

function Sign({ d }: { d: string }) {
  return (
    <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
