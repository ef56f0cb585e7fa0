import { useState } from 'preact/hooks';
import { samplesIn } from '../model/given';
import { showSample } from '../state/network';
import { sample, trace } from '../state/store';
import { step } from '../state/telling';
import { texts } from '../texts';
import { LinkButton } from './buttons';
import { Select } from './choices';

/** With more samples a menu would be too long. */
const MOST_LISTED = 100;

/** Chooses the displayed row of the batch: from a menu or, if there are many, by its number. */
export function SamplePick({ rows }: { rows: number }) {
  if (rows > MOST_LISTED) return <SampleNumber rows={rows} />;
  return (
    <Select
      value={String(sample.value)}
      options={Array.from({ length: rows }, (_, row) => ({ value: String(row), title: String(row + 1) }))}
      onChoose={(row) => void showSample(Number(row))}
    />
  );
}

function SampleNumber({ rows }: { rows: number }) {
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const show = (row: number) => {
    setTyped(null);
    setWrong(false);
    if (row !== sample.value && row >= 0 && row < rows) void showSample(row);
  };
  const go = (text: string) => {
    const number = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
    if (number >= 1 && number <= rows) show(number - 1);
    else setWrong(true);
  };
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    const { key, currentTarget } = event;
    if (key === 'Enter') go(currentTarget.value);
    else if (key === 'Escape') show(sample.value);
    else if (key === 'ArrowUp') show(sample.value + 1);
    else if (key === 'ArrowDown') show(sample.value - 1);
    else return;
    event.preventDefault();
  };
  return (
    <input
      type="text"
      inputMode="numeric"
      autoComplete="off"
      spellcheck={false}
      class="sample-number"
      title={texts.diagram.sampleNumber(rows)}
      aria-invalid={wrong}
      value={typed ?? sample.value + 1}
      style={{ width: `${String(rows).length + 2}ch` }}
      onFocus={(event) => event.currentTarget.select()}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={(event) => typed !== null && go(event.currentTarget.value)}
    />
  );
}

/** Chooses the displayed row of the batch; renders nothing for a single row. */
export function SampleChoice() {
  const rows = trace.value ? samplesIn(trace.value) : 1;
  if (rows < 2) return null;
  return (
    <label class="sample" title={texts.diagram.sampleTitle}>
      <span>{texts.diagram.sample}</span>
      <SamplePick rows={rows} />
      <span>{texts.diagram.sampleOf(rows)}</span>
    </label>
  );
}

/** For a term of a sample that is not displayed: says so, and links to that sample. */
export function OtherSample() {
  const other = step.value?.term?.sample ?? sample.value;
  if (other === sample.value) return null;
  return <LinkButton onClick={() => void showSample(other)}>{texts.diagram.termOf(other + 1)}</LinkButton>;
}
