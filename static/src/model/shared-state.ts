/** What a link restores: the network, and what of it is looked at. */

import type { NetworkDocument, Notation } from '../api/types';
import type { EdgeMode, NodeMode } from './choices';
import type { Grain } from './cursor';
import { changes, type Way } from './training-line';

/** Training steps from the start that a link holds to the one that it opens: they are computed when one goes back. */
export const MAX_WAY = 100_000;

export interface SharedState {
  document: NetworkDocument;
  /** The training step that it is the start of, counted from 1. */
  step: number;
  /** The training step that the ones before it begin with, if one is to go back to them. */
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
  /** The example that it is, unchanged. */
  example: string | null;
}

/** A state as a link holds it, of the start only what differs: inputs and targets, the largest part of many documents, stay the same. */
export const written = ({ start, ...state }: SharedState) => ({
  ...state,
  start: start && { step: start.step, document: changes(state.document, start.document) },
});
