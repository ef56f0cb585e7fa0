/**
 * The focus of attention: the selection, the hover, the number in focus that follows from these or from the step,
 * and what the inspector shows.
 */

import { computed, signal } from '@preact/signals';
import type { Explanation } from '../api/types';
import { nodeRef } from '../model/results';
import type { Subject } from '../model/subject';
import { growing, pieces, sample, trace } from './store';

/**
 * The trail of selected refs, each selected from the one before; the last is the selection. Empty: the inspector
 * follows the steps.
 */
export const selectionPath = signal<readonly string[]>([]);

export const selection = computed(() => selectionPath.value.at(-1) ?? null);

/** The refs under the pointer or the focus, in a formula or a sentence: their nodes and edges are highlighted. */
export const hover = signal<readonly string[]>([]);

/** The part of the picture under the pointer: its numbers are highlighted everywhere. */
export const hoverPart = signal<string | null>(null);

/** The ref in focus: the selected one, or else the first that the current step computes. */
export const focusRef = computed<string | null>(() => {
  const [piece] = pieces.value;
  if (selection.value || !trace.value || !piece) return selection.value;
  if (growing.value) return growing.value.ref;
  return nodeRef(piece.stage, piece.first, sample.value);
});

/** The number that must be visible: the selected one, or else that of the step. */
export const refInSight = computed(() => {
  const [piece] = pieces.value;
  if (selection.value !== null || !trace.value || !piece || piece.end - piece.first > 1) return selection.value;
  return nodeRef(piece.stage, piece.first, sample.value);
});

/** One consistent picture: a subject with the explanations of all its numbers that are known. */
export interface Inspected {
  subject: Subject;
  /** The user selected it; otherwise it is the number that the current step computes. */
  selected: boolean;
  explanations: ReadonlyMap<string, Explanation>;
  /** Term by term: the explanation of the running sum, also while something else is selected. */
  extended: Explanation | null;
}

export const inspected = signal<Inspected | null>(null);
