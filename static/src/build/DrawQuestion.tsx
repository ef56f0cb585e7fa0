import { computed, signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { postTrace, Refused, Unreachable } from '../api/client';
import type { NetworkDocument } from '../api/types';
import { same } from '../model/json';
import { numbersOf, type Settings } from '../model/layer-settings';
import { revised } from '../model/revise';
import { revise } from '../state/buildActions';
import { abortPrevious, SUPERSEDED } from '../state/singleFlight';
import { catalog, line, network } from '../state/store';
import { texts } from '../texts';
import { PlainButton } from '../ui/buttons';

const words = texts.build.drawing;

interface Props {
  at?: number | undefined;
  onDone?: () => void;
}

/** Asks, next to the button, before overwriting weights that no seed reproduces. Escape keeps them. */
export function DrawQuestion({ at, onDone }: Props) {
  const keep = useRef<HTMLButtonElement>(null);
  const question = asked.value?.at === at ? asked.value : null;
  const open = question !== null;
  useLayoutEffect(() => {
    if (open) keep.current?.focus();
  }, [open]);
  if (!question) return null;
  const answer = (does: () => void) => () => {
    does();
    onDone?.();
  };
  const id = idOf(at);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be named by a paragraph in it.
    <div
      class="draw-question"
      role="group"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        answer(keepWeights)();
      }}
    >
      <p id={id}>
        {at === undefined
          ? words.question(network.value?.seed ?? 0)
          : words.questionOf(network.value?.layers[at]?.name ?? texts.build.layers.fresh)}
      </p>
      <button ref={keep} type="button" class="plain" onClick={answer(keepWeights)}>
        {words.keep}
      </button>
      <PlainButton onClick={answer(drawAllTheSame)}>{words.yes}</PlainButton>
    </div>
  );
}

const idOf = (at: Place): string => `draw-question-${at ?? 'all'}`;

/**
 * Drawing new weights. Weights drawn from the seed are replaced without a question, with the next seed, because the
 * same seed would draw the same. All others were typed, imported or trained, so the page asks before overwriting them.
 */

/** All layers if no place is given. */
type Place = number | undefined;

interface Question {
  document: NetworkDocument;
  at: Place;
}

const question = signal<Question | null>(null);

/** The question, as long as the network that it refers to is the current one. */
const asked = computed(() => (question.value?.document === network.value ? question.value : null));

const newest = abortPrevious();

/** Whether the weights were drawn; false if the page asks first. */
export async function drawWeights(at?: number): Promise<boolean> {
  const document = network.peek();
  if (!document) return false;
  const ofSeed = await newest((signal) => givenBySeed(document, at, signal));
  if (ofSeed === SUPERSEDED || network.peek() !== document) return false;
  if (ofSeed) draw(at, nextSeed(document));
  else question.value = { document, at };
  return ofSeed;
}

/** Draws the weights after the user has confirmed. */
function drawAllTheSame(): void {
  const { value } = asked;
  question.value = null;
  if (value) draw(value.at, value.document.seed ?? 0);
}

function keepWeights(): void {
  question.value = null;
}

function draw(at: Place, seed: number): void {
  revise({ kind: 'draw', seed, ...(at === undefined ? {} : { at }) });
}

function nextSeed({ seed = 0 }: NetworkDocument): number {
  const most = catalog.value?.limits.find(({ name }) => name === 'MAX_SEED')?.value ?? Number.MAX_SAFE_INTEGER;
  return seed < most ? seed + 1 : 0;
}

/**
 * Whether the training steps began with exactly the weights that the seed draws. Only the service knows these weights;
 * if it does not answer, the page asks.
 */
async function givenBySeed(document: NetworkDocument, at: Place, signal: AbortSignal): Promise<boolean> {
  const start = line.peek()?.start ?? document;
  const change = { kind: 'draw', ...(at === undefined ? {} : { at }) } as const;
  try {
    const { document: drawn } = await postTrace(revised(document, change, catalog.peek()), 0, signal);
    const layers = at === undefined ? [...drawn.layers.keys()] : [at];
    return layers.every((place) => sameNumbers(start.layers[place] as Settings, drawn.layers[place] as Settings));
  } catch (error) {
    if (error instanceof Refused || error instanceof Unreachable) return false;
    throw error;
  }
}

/** Parameters that the document omits are drawn. */
const sameNumbers = (given: Settings | undefined, drawn: Settings | undefined): boolean =>
  numbersOf(catalog.peek(), given?.type).every(
    (name) => (given?.[name] ?? null) === null || same(given?.[name], drawn?.[name]),
  );
