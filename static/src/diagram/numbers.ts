/** Which numbers a node shows at this moment: those that are known, and one that is still being added up. */

import type { TraceNode } from '../api/types';
import type { NodeMode } from '../model/choices';
import { type Faces, RADIUS } from '../model/plan';
import { gradientOf } from '../model/refs';

export interface NodeNumbers {
  value: number | null;
  gradient: number | null;
  pre: number | null;
  preGradient: number | null;
  /** The number that is a partial sum, and its completed share. */
  growing: 'value' | 'gradient' | 'pre' | 'preGradient' | null;
  share: number;
}

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
  const slot = sum && slotOf(node, sum.ref);
  if (!slot || numbers[slot] !== null) return numbers;
  return { ...numbers, [slot]: sum.sofar, growing: slot, share: sum.done / sum.terms };
}

function slotOf({ ref, pre }: TraceNode, sumRef: string): Exclude<NodeNumbers['growing'], null> | null {
  if (sumRef === ref) return 'value';
  if (sumRef === gradientOf(ref)) return 'gradient';
  if (sumRef === pre?.ref) return 'pre';
  return pre && sumRef === gradientOf(pre.ref) ? 'preGradient' : null;
}

/** Which numbers a node shows, and where: in the circle, on the lines below it and above it. Pure geometry. */

type Kind = Exclude<NodeNumbers['growing'], null>;

interface Face {
  kind: Kind;
  of: string;
  value: number;
  partial: boolean;
  inside: boolean;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

/** The height of the function's curve above the circle. */
const RIM = 10;
/** Half the distance between z and its gradient on one line. */
const HALF_GAP = 5;

/** The known numbers that fit; a number that is being added up takes precedence. */
export function facesOf(node: TraceNode, numbers: NodeNumbers, mode: NodeMode, faces: Faces): Face[] {
  if (faces.far) return [];
  return placesOf(mode, faces, numbers.growing).flatMap(({ kind, ...place }) => {
    // The derivative with respect to the constant 1 is rarely of interest.
    if (node.role === 'bias' && kind === 'gradient' && mode !== 'gradient') return [];
    const value = numbers[kind];
    const of = refOf(node, kind);
    return value === null || of === null ? [] : [{ kind, of, value, partial: numbers.growing === kind, ...place }];
  });
}

type Place = Pick<Face, 'kind' | 'inside' | 'x' | 'y' | 'anchor'>;

/** Every kind of number has a fixed position, known or not, so that nothing moves when one appears. */
function placesOf(mode: NodeMode, { lines, inside, pair, line, size }: Faces, growing: Kind | null): Place[] {
  const first: Kind = mode === 'gradient' ? 'gradient' : 'value';
  const beneath: Kind[] = [...(inside ? [] : [first]), ...(mode === 'both' ? (['gradient'] as const) : [])];
  const above: Kind[][] = pair ? [['pre', 'preGradient']] : [['pre'], ['preGradient']];
  const room = [...beneath.map((kind) => [kind]), ...above].slice(0, lines);
  if (growing && !(inside && growing === first) && !room.flat().includes(growing)) {
    if (room.length === 0) return [{ kind: growing, ...IN_CIRCLE }];
    room[room.length - 1] = [growing];
  }
  const low = room.filter(([kind]) => kind === 'value' || kind === 'gradient');
  const high = room.filter((kinds) => !low.includes(kinds));
  return [
    ...(inside ? [{ kind: first, ...IN_CIRCLE }] : []),
    ...low.flatMap((kinds, row) => onLine(kinds, RADIUS + 4 + line * (row + 1))),
    ...high.flatMap((kinds, row) => onLine(kinds, -RADIUS - RIM - 0.3 * size - line * row)),
  ];
}

const IN_CIRCLE = { inside: true, x: 0, y: 18, anchor: 'middle' } as const;

function onLine(kinds: readonly Kind[], y: number): Place[] {
  if (kinds.length === 1) return kinds.map((kind) => ({ kind, inside: false, x: 0, y, anchor: 'middle' }));
  return kinds.map((kind, place) => ({
    kind,
    inside: false,
    x: place === 0 ? -HALF_GAP : HALF_GAP,
    y,
    anchor: place === 0 ? 'end' : 'start',
  }));
}

function refOf({ ref, pre }: TraceNode, kind: Kind): string | null {
  if (kind === 'value') return ref;
  if (kind === 'gradient') return gradientOf(ref);
  if (!pre) return null;
  return kind === 'pre' ? pre.ref : gradientOf(pre.ref);
}
