/** What a link restores: the network and the state of the view. */

import type { NetworkDocument, Notation } from '../api/types';
import type { EdgeMode, NodeMode } from './choices';
import type { Grain } from './cursor';
import { changes, type Way } from './training-line';

/** The most training steps between a link's start and the one that it opens: going back computes them again. */
export const MAX_WAY = 100_000;

export interface SharedState {
  document: NetworkDocument;
  /** The training step that the document is the start of, counted from 1. */
  step: number;
  /** The start of the earlier training steps, if the link allows going back to them. */
  start: Way | null;
  sample: number;
  cursor: number;
  grain: Grain;
  trail: readonly string[];
  notation: Notation;
  /** What lines and nodes show. */
  edges: EdgeMode;
  nodes: NodeMode;
  /** Whether the diagram is shown as tables. */
  table: boolean;
  /** The slug of the unchanged example, if it is one. */
  example: string | null;
}

/**
 * A state as a link stores it. Of the start it has only the differences: inputs and targets, the largest part of many
 * documents, are the same.
 */
export const written = ({ start, ...state }: SharedState) => ({
  ...state,
  start: start && { step: start.step, document: changes(state.document, start.document) },
});
