import type { FunctionComponent } from 'preact';
import { inWords } from '../maths/sentences';
import { GRAINS } from '../model/cursor';
import { setGrain } from '../state/moves';
import { grain, trace } from '../state/store';
import { currentSentence, failed, place, step } from '../state/telling';
import { texts } from '../texts';
import { Choice } from '../ui/choices';
import { SentenceText } from '../ui/SentenceText';
import { Scrubber, Transport } from './Player';
import './sentence.css';
import './timeline.css';

interface Props {
  /** The navigation between training steps, from above: a note, the runs, the number of the step. */
  Note: FunctionComponent;
  Runs: FunctionComponent;
  Step: FunctionComponent;
}

export function Timeline({ Note, Runs, Step }: Props) {
  return (
    <section class="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title" class="visually-hidden">
        {texts.timeline.title}
      </h2>
      <Note />
      <Runs />
      {/* Without a network there are no steps. */}
      <div class={trace.value ? 'timeline-bar' : 'timeline-bar nothing'}>
        <Step />
        <div class="player">
          <Transport />
          <Scrubber />
        </div>
        <Choice
          name="grain"
          class="grain"
          words={{ legend: texts.timeline.grain, names: texts.timeline.grains, titles: texts.timeline.grainTitles }}
          options={GRAINS}
          chosen={grain.value}
          onChoose={setGrain}
        />
      </div>
      <Sentence />
    </section>
  );
}

function Sentence() {
  const sentence = currentSentence();
  const busy = place.value !== null && step.value === null && !failed.value;
  return (
    <>
      <p class="sentence" aria-hidden="true" aria-busy={busy}>
        <SentenceText of={sentence} />
      </p>
      {/* Formulas are hard to follow in pieces: a screen reader gets the same sentence as plain text. */}
      <p class="visually-hidden" role="status" aria-live="polite" aria-busy={busy}>
        {inWords(sentence)}
      </p>
    </>
  );
}
