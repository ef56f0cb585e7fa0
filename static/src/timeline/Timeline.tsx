import { inWords } from '../say';
import { partial } from '../state/partial';
import { cursor, grain, sample, trace } from '../state/store';
import { texts } from '../texts';
import { GrainChoice } from './GrainChoice';
import { Scrubber } from './Scrubber';
import { SentenceText } from './SentenceText';
import { sentenceAt } from './sentence';
import { Transport } from './Transport';
import './timeline.css';

export function Timeline() {
  return (
    <section class="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title" class="visually-hidden">
        {texts.timeline.title}
      </h2>
      <div class="timeline-bar">
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
  const sentence = trace.value ? sentenceAt(trace.value, grain.value, cursor.value, sample.value, partial.value) : [];
  return (
    <>
      <p class="sentence" aria-hidden="true">
        <SentenceText of={sentence} />
      </p>
      {/* Formulas read badly in pieces: a screen reader gets the same sentence as plain words. */}
      <p class="visually-hidden" role="status" aria-live="polite">
        {inWords(sentence)}
      </p>
    </>
  );
}
