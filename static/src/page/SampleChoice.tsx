import { showSample } from '../state/network';
import { sample, trace } from '../state/store';
import { texts } from '../texts';
import { Select } from './Select';

/** Which row of the batch is shown; nothing, where there is one. */
export function SampleChoice() {
  const rows = trace.value?.document.x.length ?? 1;
  if (rows < 2) return null;
  return (
    <label class="sample" title={texts.diagram.sampleTitle}>
      <span>{texts.diagram.sample}</span>
      <Select
        value={String(sample.value)}
        options={Array.from({ length: rows }, (_, row) => ({ value: String(row), title: String(row + 1) }))}
        onChoose={(row) => void showSample(Number(row))}
      />
      <span>{texts.diagram.sampleOf(rows)}</span>
    </label>
  );
}
