import { computed } from '@preact/signals';
import { parseNumber } from '../numbers/parse';
import { sayProblem } from '../refusals';
import { drafts, refusal } from '../state/store';
import { texts } from '../texts';
import { anchor } from './messages';

/** What is wrong right now, at the places where it was typed or chosen. */
export const messages = computed(() => {
  const typed = Object.entries(drafts.value).filter(([, text]) => parseNumber(text) === null);
  const { value: refused } = refusal;
  return [
    ...typed.map(([where, text]) => ({ where, text: texts.problems.notANumber(text) })),
    ...(refused ? [{ where: anchor(refused.place), text: sayProblem(refused.problem, refused.attempted) }] : []),
  ];
});

/** Where the last refusal is said. */
export const refusedAt = computed(() => (refusal.value ? anchor(refusal.value.place) : null));

/** What is said in Build stands once more where the number is typed elsewhere. */
export const messageId = (where: string, place = 'build'): string =>
  `${place === 'build' ? '' : `${place}-`}message${where.replaceAll('/', '-')}`;
