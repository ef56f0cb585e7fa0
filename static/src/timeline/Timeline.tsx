import type { Sentence as Told } from '../say';
import { inWords } from '../say';
import { inPageWords } from '../service-words';
import { cursor, trace } from '../state/store';
import { failed, place, step, told } from '../state/telling';
import { texts } from '../texts';
import { RunStrip } from '../training/RunToggle';
import { StepField } from '../training/StepField';
import { StepNote } from '../training/StepNote';
import { finish } from './cursor';
import { GrainChoice } from './GrainChoice';
import { Scrubber } from './Scrubber';
import { SentenceText } from './SentenceText';
import { Transport } from './Transport';
import { sentenceOf } from './wording';
import './timeline.css';

export function Timeline() {
  return (
    <section class="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title" class="visually-hidden">
        {texts.timeline.title}
      </h2>
      <StepNote />
      <RunStrip />
      {/* Where no network is open there is no step to take. */}
      <div class={trace.value ? 'timeline-bar' : 'timeline-bar nothing'}>
        <StepField />
        <div class="player">
          <Transport />
          <Scrubber />
        </div>
        <GrainChoice />
      </div>
      <Sentence />
    </section>
  );
}

function Sentence() {
  const sentence = current();
  const busy = place.value !== null && step.value === null && !failed.value;
  return (
    <>
      <p class="sentence" aria-hidden="true" aria-busy={busy}>
        <SentenceText of={sentence} />
      </p>
      {/* Formulas read badly in pieces: a screen reader gets the same sentence as plain words. */}
      <p class="visually-hidden" role="status" aria-live="polite" aria-busy={busy}>
        {inWords(sentence)}
      </p>
    </>
  );
}

function current(): Told {
  const shown = trace.value;
  if (!shown) return [];
  if (!place.value) return [texts.timeline.ready(inPageWords(shown.document.name ?? ''))];
  if (!told.value) return failed.value ? [texts.timeline.untold] : [];
  const said = sentenceOf(told.value.message);
  const done = cursor.value >= finish(shown.stages);
  return done ? [...said, texts.timeline.between, ...sentenceOf({ key: 'complete', refs: {}, values: {} })] : said;
}
