import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Warning } from '../api/types';
import { inRows } from '../model/given';
import { numbersOf } from '../model/layer-settings';
import { parseNumber } from '../numbers/format';
import { put } from '../state/buildActions';
import { sayProblem, wayOut } from '../state/requestError';
import { catalog, drafts, network, refusal, requestError, trace } from '../state/store';
import { texts } from '../texts';
import { LinkButton } from './buttons';
import { useFocusBack } from './roving';

/** The errors at these places, shown beneath them, with a button that resolves them. */
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

/** The current errors, by the place where the value was typed or chosen. */
export const messages = computed(() => {
  const typed = Object.entries(drafts.value).filter(([, text]) => parseNumber(text) === null);
  const { value: refused } = refusal;
  return [
    ...typed.map(([where, text]) => ({ where, text: texts.problems.notANumber(text) })),
    ...(refused ? [{ where: anchor(refused.place), text: sayProblem(refused.problem, refused.attempted) }] : []),
  ];
});

/** The place of the last refusal. */
const refusedAt = computed(() => (refusal.value ? anchor(refusal.value.place) : null));

/** A message in Build has a second element if the number has another field elsewhere. */
export const messageId = (where: string, place = 'build'): string =>
  `${place === 'build' ? '' : `${place}-`}message${where.replaceAll('/', '-')}`;

/** A button that resolves the refusal of the last edit. */
export function WayOut() {
  const { value } = refusal;
  const way = value && wayOut(value.problem, value.attempted, value.place);
  if (!way) return null;
  return (
    <LinkButton onClick={() => put(way.document, { title: way.title, places: [value.place] })}>{way.title}</LinkButton>
  );
}

/** The place of an error: the field that it is about, or otherwise the smallest part of the page that contains it. */

/** Numbers of the batch. */
const NUMBER = /^\/(?:data\/rows\/)?[xy]\/\d+(?:\/\d+)?$/;
/** The settings of the data, of loss, optimizer and penalty, and of the network. */
const FIELD =
  /^\/(?:seed|mode|data\/(?:set|samples|noise|seed|batch|order|held_out|scale)|(?:loss|optimizer|penalty)\/(?!state\b)[a-z]\w*(?:\/[a-z]\w*){0,2}(?:\/[01])?)$/;
/** A field of a layer, or one of its numbers. */
const OF_LAYER = /^\/layers\/(\d+)\/([a-z_]+)((?:\/\d+){0,2})$/;
const PART = /^\/(?:layers\/\d+|x|y|loss|optimizer|penalty|data)/;
/** Fields that the layer does not show. */
const ELSEWHERE: readonly string[] = ['name', 'type', 'initialiser', 'passes', 'frozen'];

/** Whether it is a field, or a part of the panel that shows errors. */
export const isField = (where: string): boolean => anchor(where) !== '';

/** Whether it is a number that also has a field in the picture or the inspector: a refusal is shown there, too. */
export function isNumber(where: string): boolean {
  const [, place, name = '', index] = OF_LAYER.exec(where) ?? [];
  return NUMBER.test(where) || (!!index && numbersAt(Number(place)).includes(name));
}

function hasField(where: string): boolean {
  const [, place, name = '', index] = OF_LAYER.exec(where) ?? [];
  if (place === undefined) return NUMBER.test(where) || FIELD.test(where);
  return index !== '' || !(ELSEWHERE.includes(name) || numbersAt(Number(place)).includes(name));
}

/** The fields of a layer that hold numbers, in the refused document or otherwise in the current one. */
function numbersAt(place: number): readonly string[] {
  const document = refusal.value?.attempted ?? network.value;
  return numbersOf(catalog.value, document?.layers[place]?.type);
}

export function anchor(where: string): string {
  if (hasField(where)) return where;
  // The shape of a sample follows from the data, and is edited there.
  return where.startsWith('/input_shape') ? '/x' : (PART.exec(inRows(where))?.[0] ?? '');
}

/** Few networks have a warning: its code is loaded with the first one. */
const shown = signal<typeof import('./OneWarning')['OneWarning'] | null>(null);

interface Props {
  /** Whether each warning names its layer; beside the layer itself the name would be repeated. */
  named?: boolean;
  /** Selects the warnings. */
  at: (warning: Warning) => boolean;
}

/** Each warning as an unobtrusive sign; when opened, it shows its text and remedies. */
export function Warnings({ at, named = false }: Props) {
  // After a refusal the numbers belong to an older network, and so do its warnings.
  const found = requestError.value?.kind === 'refused' ? [] : (trace.value?.warnings ?? []).filter(at);
  const OneWarning = shown.value;
  useEffect(() => {
    if (found.length > 0 && !OneWarning) void load();
  }, [found.length, OneWarning]);
  if (!OneWarning) return null;
  return (
    <>
      {found.map((warning) => (
        <OneWarning key={warning.where + warning.message.key} warning={warning} named={named} />
      ))}
    </>
  );
}

/** All warnings, beside the picture. */
export function PictureWarnings() {
  if (!trace.value?.warnings.length) return null;
  return (
    <section class="picture-warnings" aria-label={texts.warnings.group}>
      <Warnings at={() => true} named />
    </section>
  );
}

async function load(): Promise<void> {
  try {
    const { OneWarning } = await import('./OneWarning');
    shown.value = OneWarning;
  } catch {
    // The server is unreachable; the next network with a warning requests the code again.
  }
}
