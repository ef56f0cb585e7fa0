/**
 * Drawing new weights. Those that the seed gave are drawn from the next seed, as the same one would give the same again;
 * any others were typed, imported or trained from such, and one is asked before they go.
 */

import { computed, signal } from '@preact/signals';
import { postTrace, Refused, Unreachable } from '../api/client';
import type { NetworkDocument } from '../api/types';
import { same } from '../json';
import { latest, SUPERSEDED } from '../state/paced';
import { catalog, line, network } from '../state/store';
import { revise } from './act';
import { revised } from './revise';
import { NUMBERS, type Settings } from './schema';

/** Of all layers where no place is given. */
export type Place = number | undefined;

interface Question {
  document: NetworkDocument;
  at: Place;
}

const question = signal<Question | null>(null);

/** The question, as long as it is about the network that is there. */
export const asked = computed(() => (question.value?.document === network.value ? question.value : null));

const newest = latest();

/** Whether it is done: it is not where one is asked first. */
export async function drawWeights(at?: number): Promise<boolean> {
  const document = network.peek();
  if (!document) return false;
  const ofSeed = await newest((signal) => givenBySeed(document, at, signal));
  if (ofSeed === SUPERSEDED || network.peek() !== document) return false;
  if (ofSeed) draw(at, nextSeed(document));
  else question.value = { document, at };
  return ofSeed;
}

/** What was asked is wanted. */
export function drawAllTheSame(): void {
  const { value } = asked;
  question.value = null;
  if (value) draw(value.at, value.document.seed ?? 0);
}

export function keepWeights(): void {
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
 * Whether the training steps began with the very weights that the seed gives. Only the service can say what it gives; where
 * it does not, one is asked.
 */
async function givenBySeed(document: NetworkDocument, at: Place, signal: AbortSignal): Promise<boolean> {
  const start = line.peek()?.start ?? document;
  const change = { kind: 'draw', ...(at === undefined ? {} : { at }) } as const;
  try {
    const { document: drawn } = await postTrace(revised(document, change), 0, signal);
    const layers = at === undefined ? [...drawn.layers.keys()] : [at];
    return layers.every((place) => sameNumbers(start.layers[place] as Settings, drawn.layers[place] as Settings));
  } catch (error) {
    if (error instanceof Refused || error instanceof Unreachable) return false;
    throw error;
  }
}

/** What the document leaves out is drawn. */
const sameNumbers = (given: Settings | undefined, drawn: Settings | undefined): boolean =>
  NUMBERS.every((name) => (given?.[name] ?? null) === null || same(given?.[name], drawn?.[name]));
