/** What one output of a convolution or a pool sees, as small matrices: the window of each channel, and the filter over it. */

import type { Trace } from '../api/types';
import { hasParameter, shapesOf, valueAt } from '../lookup';
import { parseRef } from '../refs';
import { marksOf } from './links';
import { windowsOf } from './receptive';

export interface WindowCell {
  /** `null` for padding. */
  ref: string | null;
  value: number;
  /** Whether a maximum took it. */
  won: boolean;
}

export interface Seen {
  channel: number;
  window: WindowCell[][];
  filter: WindowCell[][] | null;
}

export interface Window {
  channels: number;
  seen: Seen[];
  bias: WindowCell | null;
}

/** More channels than this are only counted. */
const MOST = 3;

export function windowAt(trace: Trace, ref: string): Window | null {
  const parsed = parseRef(ref);
  const layer = trace.layers.find(({ name }) => name === parsed?.name);
  if (parsed?.part !== 'output' || parsed.derivative || !layer) return null;
  const windows = windowsOf(layer);
  // A transposed convolution has no window on its input: what paints at a place comes from several.
  if (!windows || windows.transposed) return null;
  const [sample = 0, channel = 0, row = 0, column = 0] = parsed.index;
  const [depth = 1, height = 1, width = 1] = shapesOf(trace, layer).input;
  const numbered = (one: string) => ({ ref: one, value: valueAt(trace, one) ?? Number.NaN });
  const winner = marksOf(trace, ref).find(({ kind }) => kind === 'winner')?.box;
  const grid = (cell: (i: number, j: number) => WindowCell) =>
    Array.from({ length: windows.height }, (_, i) => Array.from({ length: windows.width }, (_, j) => cell(i, j)));
  const pixel = (c: number) => (i: number, j: number) => {
    const r = row * windows.stride - windows.padding + i * windows.dilation;
    const s = column * windows.stride - windows.padding + j * windows.dilation;
    if (r < 0 || s < 0 || r >= height || s >= width) return { ref: null, value: 0, won: false };
    return {
      ...numbered(`${layer.inputs[0]}[${[sample, c, r, s].join()}]`),
      won: winner !== undefined && winner.top === r && winner.left === s,
    };
  };
  const weight = (c: number) => (i: number, j: number) => parameter('w', [channel, c, i, j]);
  const parameter = (part: string, at: readonly number[]) => ({
    ...numbered(`${layer.name}.${part}[${at.join()}]`),
    won: false,
  });
  const channels = windows.across ? Array.from({ length: depth }, (_, c) => c) : [channel];
  return {
    channels: channels.length,
    seen: channels.slice(0, MOST).map((c) => ({
      channel: c,
      window: grid(pixel(c)),
      filter: hasParameter(layer, 'w') ? grid(weight(c)) : null,
    })),
    bias: hasParameter(layer, 'b') ? parameter('b', [channel]) : null,
  };
}
