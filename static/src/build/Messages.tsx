import { computed } from '@preact/signals';
import { parseNumber } from '../numbers/parse';
import { sayProblem, wayOut } from '../refusals';
import { drafts, refusal } from '../state/store';
import { texts } from '../texts';
import { useFocusBack } from '../useFocusBack';
import { put } from './act';
import { anchor } from './messages';

/** What is wrong at one of these places, said beneath them, with what helps. */
export function Messages({ at, place }: { at: (where: string) => boolean; place?: 'picture' | 'inspector' }) {
  const focusBack = useFocusBack();
  const found = messages.value.filter(({ where }) => at(where));
  return (
    <div role="alert" class="messages" {...focusBack}>
      {found.map(({ where, text }) => (
        <p key={where + text} id={messageId(where, place)} class="message">
          {text} {where === refusedAt.value && <WayOut />}
        </p>
      ))}
    </div>
  );
}

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
const refusedAt = computed(() => (refusal.value ? anchor(refusal.value.place) : null));

/** What is said in Build stands once more where the number is typed elsewhere. */
export const messageId = (where: string, place = 'build'): string =>
  `${place === 'build' ? '' : `${place}-`}message${where.replaceAll('/', '-')}`;

/** A button that does what helps against the refusal of the last edit. */
export function WayOut() {
  const { value } = refusal;
  const way = value && wayOut(value.problem, value.attempted, value.place);
  if (!way) return null;
  return (
    <button type="button" class="link" onClick={() => put(way.document, { title: way.title, places: [value.place] })}>
      {way.title}
    </button>
  );
}
