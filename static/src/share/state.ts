/** What a link restores: the network, and where one looks. */

import { NOTATIONS, type Notation } from '../api/explanation';
import type { NetworkDocument } from '../api/types';
import { EDGE_MODES, type EdgeMode } from '../diagram/ink';
import { NODE_MODES, type NodeMode } from '../diagram/numbers';
import { isExplained } from '../refs';
import { GRAINS, type Grain } from '../timeline/cursor';
import { documentIn } from './document';

export interface SharedState {
  document: NetworkDocument;
  /** The training step that it is the start of, counted from 1. */
  step: number;
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
  return {
    document,
    step: Math.max(1, count(given.step)),
    sample: Math.min(count(given.sample), Math.max(0, document.x.length - 1)),
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

const count = (value: unknown): number => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : 0);
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT;
const isRef = (value: unknown): value is string => isText(value) && isExplained(value);
