/** Random states to share, generated from a seed: the same in every run. */

import type { SharedState } from '@/model/shared-state';
import { recorded } from '../recorded';

/** The extreme numbers of float64, which careless code loses. */
export const EDGES = [-0, 0, 5e-324, -5e-324, 2.2250738585072014e-308, 1e308, -1.7976931348623157e308, 0.1, 1 / 3];

/** Mulberry32: a short generator, good enough for tests. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A float64 with random bits, but finite. */
export function anyNumber(draw: () => number): number {
  if (draw() < 0.3) return EDGES[Math.floor(draw() * EDGES.length)] as number;
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, Math.floor(draw() * 2 ** 32));
  view.setUint32(4, Math.floor(draw() * 2 ** 32));
  const number = view.getFloat64(0);
  return Number.isFinite(number) ? number : draw();
}

const NAMES = ['Plain', '', '<script>alert(1)</script>', '“Ŷ = Xw + b” 网络 🙂', 'a"b\\c\u0000\n', '__proto__'];

export function anyState(seed: number): SharedState {
  const draw = random(seed);
  const upTo = (most: number) => 1 + Math.floor(draw() * most);
  const matrix = (rows: number, columns: number) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => anyNumber(draw)));
  const [inputs, outputs, rows] = [upTo(6), upTo(6), upTo(4)];
  const { document } = recorded('chapter').trace;
  const layer = {
    type: 'Linear' as const,
    name: 'fc_1',
    output_dim: outputs,
    w: matrix(inputs, outputs),
    b: matrix(1, outputs)[0] as number[],
  };
  const own = {
    ...document,
    name: NAMES[Math.floor(draw() * NAMES.length)] as string,
    input_shape: [inputs],
    layers: [layer as (typeof document.layers)[number]],
    x: matrix(rows, inputs),
    y: matrix(rows, outputs),
  };
  const before = { ...layer, w: matrix(inputs, outputs) } as (typeof document.layers)[number];
  return {
    document: own,
    step: 2 + upTo(10_000),
    start: draw() < 0.5 ? null : { step: upTo(2), document: { ...own, layers: [before] } },
    sample: upTo(rows) - 1,
    cursor: upTo(1000),
    grain: 'term',
    trail: ['loss', 'fc_1.w.grad[0,0]'],
    notation: 'paths',
    edges: 'product',
    nodes: 'gradient',
    table: true,
    example: null,
  };
}

/** All numbers of a tree as their 64 bits, in order. */
export function bitsOf(tree: unknown): bigint[] {
  if (typeof tree === 'number') return [new BigUint64Array(new Float64Array([tree]).buffer)[0] as bigint];
  return typeof tree === 'object' && tree !== null ? Object.values(tree).flatMap(bitsOf) : [];
}
