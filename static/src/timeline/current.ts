import type { Sentence } from '../say';
import { inPageWords } from '../service-words';
import { cursor, trace } from '../state/store';
import { failed, place, told } from '../state/telling';
import { texts } from '../texts';
import { finish } from './cursor';
import { sentenceOf } from './wording';

/** The sentence of the step that the cursor is at. */
export function currentSentence(): Sentence {
  const shown = trace.value;
  if (!shown) return [];
  if (!place.value) return [texts.timeline.ready(inPageWords(shown.document.name ?? ''))];
  if (!told.value) return failed.value ? [texts.timeline.untold] : [];
  const said = sentenceOf(told.value.message);
  const done = cursor.value >= finish(shown.stages);
  return done ? [...said, texts.timeline.between, ...sentenceOf({ key: 'complete', refs: {}, values: {} })] : said;
}
