import { samplesOf } from '../rows';
import { trace } from '../state/store';
import { texts } from '../texts';
import { SamplePick } from './SamplePick';

/** Which row of the batch is shown; nothing, where there is one. */
export function SampleChoice() {
  const rows = trace.value ? samplesOf(trace.value.document) : 1;
  if (rows < 2) return null;
  return (
    <label class="sample" title={texts.diagram.sampleTitle}>
      <span>{texts.diagram.sample}</span>
      <SamplePick rows={rows} />
      <span>{texts.diagram.sampleOf(rows)}</span>
    </label>
  );
}
