/** Which numbers a node shows at this moment: those that are known, and one that is still being added up. */

import type { TraceNode } from '../api/types';
import { gradientOf } from '../refs';

export interface NodeNumbers {
  value: number | null;
  gradient: number | null;
  pre: number | null;
  preGradient: number | null;
  /** The one of them that is a sum so far, and how much of it is done. */
  growing: 'value' | 'gradient' | 'pre' | 'preGradient' | null;
  share: number;
}

/** What the nodes show: with one of them in the circle, there is nothing beneath. */
export type NodeMode = 'both' | 'value' | 'gradient';
export const NODE_MODES: readonly NodeMode[] = ['both', 'value', 'gradient'];

interface Sum {
  ref: string;
  sofar: number;
  done: number;
  terms: number;
}

export function numbersOf(node: TraceNode, known: (ref: string) => boolean, sum: Sum | null): NodeNumbers {
  const { ref, pre } = node;
  const numbers: NodeNumbers = {
    value: known(ref) ? node.value : null,
    gradient: known(gradientOf(ref)) ? node.gradient : null,
    pre: pre && known(pre.ref) ? pre.value : null,
    preGradient: pre && known(gradientOf(pre.ref)) ? pre.gradient : null,
    growing: null,
    share: 0,
  };
  const grown = sum && slotOf(node, sum.ref);
  if (!grown || numbers[grown] !== null) return numbers;
  return { ...numbers, [grown]: sum.sofar, growing: grown, share: sum.done / sum.terms };
}

function slotOf({ ref, pre }: TraceNode, wanted: string): Exclude<NodeNumbers['growing'], null> | null {
  if (wanted === ref) return 'value';
  if (wanted === gradientOf(ref)) return 'gradient';
  if (wanted === pre?.ref) return 'pre';
  return pre && wanted === gradientOf(pre.ref) ? 'preGradient' : null;
}
