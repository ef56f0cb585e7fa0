/** What a link restores: the network, and where one looks. */

import { NOTATIONS, type Notation } from '../api/explanation';
import type { NetworkDocument } from '../api/types';
import { EDGE_MODES, type EdgeMode } from '../diagram/ink';
import { NODE_MODES, type NodeMode } from '../diagram/numbers';
import { GRAINS, type Grain } from '../model/cursor';
import { samplesOf } from '../model/given';
import { isExplained } from '../model/refs';
import type { Way } from '../model/training-line';
import { MAX_WAY } from './limits';
import { documentIn } from './plain-json';

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
  /** Whether the diagram is told in tables. */
  table: boolean;
  /** The example that it is, unchanged. */
  example: string | null;
}

const MAX_TRAIL = 100;
const MAX_TEXT = 200;

/** The document must be one; of the rest, what cannot be is as it is at the beginning. */
export function stateIn(tree: unknown): SharedState {
  const given = (typeof tree === 'object' && tree !== null ? tree : {}) as Record<string, unknown>;
  const document = documentIn(given.document);
  const step = Math.max(1, count(given.step));
  return {
    document,
    step,
    start: startIn(given.start, document, step),
    sample: Math.min(count(given.sample), Math.max(0, samplesOf(document) - 1)),
    cursor: count(given.cursor),
    grain: GRAINS.find((one) => one === given.grain) ?? 'node',
    trail: Array.isArray(given.trail) ? given.trail.filter(isRef).slice(0, MAX_TRAIL) : [],
    notation: NOTATIONS.find((one) => one === given.notation) ?? 'scalar',
    edges: EDGE_MODES.find((one) => one === given.edges) ?? 'auto',
    nodes: NODE_MODES.find((one) => one === given.nodes) ?? 'both',
    table: given.table === true,
    example: isText(given.example) ? given.example : null,
  };
}

/** A start that leads here. Of its document the link has what differs; whether it is one the service says when one goes back. */
function startIn(tree: unknown, document: NetworkDocument, to: number): Way | null {
  if (typeof tree !== 'object' || tree === null || !('document' in tree && 'step' in tree)) return null;
  const step = count(tree.step);
  if (step < 1 || step >= to || to - step > MAX_WAY) return null;
  if (typeof tree.document !== 'object' || tree.document === null || Array.isArray(tree.document)) return null;
  try {
    return { step, document: documentIn({ ...document, ...tree.document }) };
  } catch {
    return null;
  }
}

const count = (value: unknown): number => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : 0);
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT;
const isRef = (value: unknown): value is string => isText(value) && isExplained(value);
