/** What one output of a convolution or a pool sees, as small matrices: the window of each channel, and the filter over it. */

import type { Trace } from '../api/types';
import { entryAt, shapeOf } from '../lookup';
import { canonical, parseRef } from '../refs';
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
  const place = trace.layers.findIndex(({ name }) => name === parsed?.name);
  const [layer, document] = [trace.layers[place], trace.document.layers[place]];
  if (parsed?.part !== 'output' || parsed.derivative || !layer || !document) return null;
  const windows = windowsOf(document);
  // A transposed convolution has no window on its input: what paints at a place comes from several.
  if (!windows || document.type === 'Deconv2D') return null;
  const [sample = 0, channel = 0, row = 0, column = 0] = parsed.index;
  const [depth = 1, height = 1, width = 1] = shapeOf(layer.input).slice(1);
  const winner = marksOf(trace, ref).find(({ kind }) => kind === 'winner')?.box;
  const grid = (cell: (i: number, j: number) => WindowCell) =>
    Array.from({ length: windows.height }, (_, i) => Array.from({ length: windows.width }, (_, j) => cell(i, j)));
  const pixel = (c: number) => (i: number, j: number) => {
    const [r, s] = [row * windows.stride - windows.padding + i, column * windows.stride - windows.padding + j];
    if (r < 0 || s < 0 || r >= height || s >= width) return { ref: null, value: 0, won: false };
    const at = [sample, c, r, s];
    return {
      ref: canonical(trace.layers, `${layer.name}.input[${at.join()}]`),
      value: numberAt(layer.input, at),
      won: winner !== undefined && winner.top === r && winner.left === s,
    };
  };
  const convolution = document.type === 'Conv2D';
  const weight = (c: number) => (i: number, j: number) => parameter('w', [channel, c, i, j]);
  const parameter = (part: string, at: readonly number[]) => ({
    ref: `${layer.name}.${part}[${at.join()}]`,
    value: numberAt(layer.parameters[part]?.value, at),
    won: false,
  });
  const channels = convolution ? Array.from({ length: depth }, (_, c) => c) : [channel];
  return {
    channels: channels.length,
    seen: channels.slice(0, MOST).map((c) => ({
      channel: c,
      window: grid(pixel(c)),
      filter: convolution ? grid(weight(c)) : null,
    })),
    bias: layer.parameters.b ? parameter('b', [channel]) : null,
  };
}

function numberAt(tensor: unknown, index: readonly number[]): number {
  const entry = entryAt(tensor as never, index);
  return typeof entry === 'number' ? entry : Number.NaN;
}
