/**
 * A trace as it arrives is made ready for the page: large tensors are read from their bytes, a number stands where its ref says
 * also where only the row of one sample was sent, and the document has its parameters.
 */

import type { Tensor } from '../lookup';
import { samplesOf } from '../rows';
import { revive } from './client';
import type { LayerTrace, NetworkDocument, Replace, Trace } from './types';

interface Encoded {
  shape: number[];
  float64: string;
}

type Sent = Replace<Trace, { tensors: Record<string, Tensor | Encoded | null> }>;

export function arrived(sent: Sent): Trace {
  const { sampled, sample, document, ...others } = revive(sent);
  const samples = samplesOf(document);
  const tensors = Object.fromEntries(
    Object.entries(others.tensors).map(([name, tensor]) => {
      const whole = isEncoded(tensor) ? decoded(tensor) : tensor;
      return [name, sampled.includes(name) && whole !== null ? spread(whole, sample, samples) : whole];
    }),
  );
  const layers = sampled.length > 0 ? others.layers.map((layer) => withRows(layer, sample, samples)) : others.layers;
  return { ...others, sampled, sample, tensors, layers, document: withNumbers(document, tensors) };
}

const isEncoded = (tensor: Tensor | Encoded | null): tensor is Encoded =>
  typeof tensor === 'object' && tensor !== null && 'float64' in tensor;

function decoded({ shape, float64 }: Encoded): Tensor {
  const bytes = Uint8Array.from(atob(float64), (char) => char.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  let place = 0;
  const nested = ([length, ...inner]: readonly number[]): Tensor => {
    if (length === undefined) return view.getFloat64(8 * place++, true);
    return Array.from({ length }, () => nested(inner));
  };
  return nested(shape);
}

/** A place for every sample; nothing is there of those that were not sent. */
function spread(tensor: Tensor, sample: number, samples: number): Tensor {
  const [row] = tensor as readonly Tensor[];
  if (row === undefined) return tensor;
  const rows: Tensor[] = Array(samples).fill(emptied(row));
  rows[sample] = row;
  return rows;
}

/** What a pool chose in each window has a row for each sample, too. */
function withRows(layer: LayerTrace, sample: number, samples: number): LayerTrace {
  const { unrolled } = layer;
  if (!unrolled?.chosen) return layer;
  const chosen = spread(unrolled.chosen as Tensor, sample, samples);
  return { ...layer, unrolled: { ...unrolled, chosen } as LayerTrace['unrolled'] };
}

/** A row of the same shape without its numbers. */
const emptied = (row: Tensor): Tensor =>
  Array.isArray(row) ? (row as readonly Tensor[]).map(emptied) : (undefined as unknown as number);

/** What the document names, `{"tensor": "fc_1.w"}`, as its numbers: parameters, and what an optimizer remembers of them. */
function withNumbers(document: NetworkDocument, tensors: Record<string, Tensor | null>): NetworkDocument {
  const { layers, optimizer } = document;
  const { state } = optimizer;
  if (!layers.some(hasNames) && !Object.values(state ?? {}).some(hasNames)) return document;
  const numbers = (fields: object) =>
    Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [field, isNamed(value) ? tensors[value.tensor] : value]),
    );
  const remembered = Object.entries(state ?? {}).map(([name, words]) => [name, numbers(words)]);
  return {
    ...document,
    layers: layers.map(numbers) as unknown as NetworkDocument['layers'],
    optimizer: state ? ({ ...optimizer, state: Object.fromEntries(remembered) } as typeof optimizer) : optimizer,
  };
}

const hasNames = (fields: object): boolean => Object.values(fields).some(isNamed);

const isNamed = (value: unknown): value is { tensor: string } =>
  typeof value === 'object' && value !== null && 'tensor' in value;
