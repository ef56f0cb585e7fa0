/**
 * Prepares a received trace for the page: fills in omitted fields with what their absence means, decodes large tensors,
 * spreads a tensor with only one sample's row over all samples, and puts the parameters into the document.
 */

import { samplesOf } from '../model/given';
import { revive } from '../model/json';
import { shapeOf, type Tensor } from '../model/lookup';
import type { components } from './schema';
import type { LayerTrace, NetworkDocument, Replace, Stage, Trace } from './types';

interface Encoded {
  shape: number[];
  float64: string;
}

type Schemas = components['schemas'];
export type Sent = Replace<
  Schemas['TraceAnswer'],
  { document?: NetworkDocument; loss: Replace<Schemas['LossAnswer'], { value: number }> } & Partial<
    Pick<Trace, 'warnings'>
  > & {
      tensors: Record<string, Tensor | Encoded | null>;
      products?: Record<string, Tensor | Encoded> | null;
    }
>;

/** The fields that an answer may omit, with the meaning of their absence. */
type Absent<Answer> = {
  [Field in keyof Answer as undefined extends Answer[Field] ? Field : never]-?: Exclude<Answer[Field], undefined>;
};
const TRACE: Omit<Absent<Sent>, 'document' | 'phase' | 'cursor' | 'nodes' | 'edges'> = {
  step: 1,
  sample: 0,
  scaling: null,
  rate: null,
  clipped: null,
  objective: null,
  position: null,
  batch_rows: null,
  batches: null,
  sampled: [],
  rounding: [],
  products: null,
  warnings: [],
  nonfinite: [],
  fitted: [],
};
const LOSS: Absent<Schemas['LossAnswer']> = { quantities: [], elementwise: null };
const LAYER: Absent<Schemas['LayerAnswer']> = {
  axis: null,
  joins: false,
  elementwise: false,
  window: null,
  axes: {},
  symbol: null,
  squashes: null,
  parameters: [],
  saved: [],
  activation: null,
  unrolled: null,
};
const AXES: Absent<Schemas['AxesAnswer']> = { units: null, inputs: null };

/** The document is the requested one, unless the answer contains another. */
export function arrived(sent: Sent, asked?: NetworkDocument): Trace {
  const { phase: _, cursor: __, sampled, sample, loss, ...others } = revive({ ...TRACE, ...sent });
  const document = (sent.document ?? asked) as NetworkDocument;
  const samples = sent.batch_rows?.length ?? samplesOf(document);
  const tensors = Object.fromEntries(
    Object.entries(others.tensors).map(([name, tensor]) => {
      const whole = tensor === null ? null : decoded(tensor);
      return [name, sampled.includes(name) && whole !== null ? spread(whole, sample, samples) : whole];
    }),
  );
  const products =
    others.products &&
    Object.fromEntries(Object.entries(others.products).map(([name, tensor]) => [name, decoded(tensor)]));
  const filled = others.layers.map(wholeLayer);
  const layers = sampled.length > 0 ? filled.map((layer) => withRows(layer, sample, samples)) : filled;
  const stages = wholeStages(others.stages, layers, tensors);
  return {
    ...others,
    sampled,
    sample,
    tensors,
    products,
    layers,
    stages,
    loss: { ...LOSS, ...loss },
    document: withNumbers(document, tensors),
  };
}

function wholeLayer(sent: Schemas['LayerAnswer']): LayerTrace {
  const axes = Object.entries(sent.axes ?? {}).map(([name, own]) => [name, { ...AXES, ...own }]);
  return { ...LAYER, ...sent, axes: Object.fromEntries(axes) };
}

type SentStage = Schemas['StageAnswer'];

/** Each stage starts where the previous one ends. */
function wholeStages(sent: readonly SentStage[], layers: readonly LayerTrace[], tensors: Trace['tensors']): Stage[] {
  const stages: Stage[] = [];
  for (const answer of sent) {
    const before = stages.at(-1);
    const start = before ? before.start + before.nodes * before.terms : 0;
    const stage = { start, phase: before?.phase, layer: before?.layer, settles: {}, ...answer } as Stage;
    const results = answer.results.map((one) => wholeResults(one, tensors));
    const numbers = results.reduce((sum, { each }) => sum + each, 0);
    const terms = stage.terms / numbers;
    stages.push({
      ...stage,
      reads: answer.reads ?? usuallyRead(stage, layers),
      results: results.map((one) => ({ ...one, terms: one.terms ?? terms })),
    });
  }
  return stages;
}

/** The tensors that the formulas of a stage of this kind usually read. */
function usuallyRead({ phase, layer, computes }: Stage, layers: readonly LayerTrace[]): string[] {
  if (computes === 'loss') return [layers.at(-1)?.output ?? '', 'y'];
  const own = layers.find(({ name }) => name === layer);
  if (!own || (phase !== 'forward' && phase !== 'update')) return [];
  return phase === 'update' ? own.parameters : [...own.inputs, ...own.parameters];
}

/** A shape that was not sent is that of the tensor; the loss, which is not a tensor, has an empty shape. */
function wholeResults(sent: Schemas['ResultsAnswer'], tensors: Trace['tensors']) {
  const { sampled = false, axis = null } = sent;
  const shape = sent.shape ?? shapeOf(tensors[sent.name]).slice(sampled ? 1 : 0);
  const others = axis === null ? [] : shape.toSpliced(axis, 1);
  const each = sent.each ?? others.reduce((product, size) => product * size, 1);
  return { ...sent, shape, each, axis, sampled };
}

function decoded(tensor: Tensor | Encoded): Tensor {
  if (typeof tensor === 'number' || !('float64' in tensor)) return tensor;
  const { shape, float64 } = tensor;
  const text = atob(float64);
  // A loop: `Uint8Array.from` with a function takes 200 ms for the numbers of 784-128-10, in which nothing is drawn.
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  const view = new DataView(bytes.buffer);
  let place = 0;
  const nested = ([length, ...inner]: readonly number[]): Tensor => {
    if (length === undefined) return view.getFloat64(8 * place++, true);
    return Array.from({ length }, () => nested(inner));
  };
  return nested(shape);
}

/** A row for every sample; rows that were not sent are empty. */
function spread(tensor: Tensor, sample: number, samples: number): Tensor {
  const [row] = tensor as readonly Tensor[];
  if (row === undefined) return tensor;
  const rows: Tensor[] = Array(samples).fill(emptied(row));
  rows[sample] = row;
  return rows;
}

/** The choices of a pool in each window have a row for each sample, too. */
function withRows(layer: LayerTrace, sample: number, samples: number): LayerTrace {
  const { unrolled } = layer;
  if (!unrolled?.chosen) return layer;
  const chosen = spread(unrolled.chosen as Tensor, sample, samples);
  return { ...layer, unrolled: { ...unrolled, chosen } as LayerTrace['unrolled'] };
}

/** A row of the same shape without its numbers. */
const emptied = (row: Tensor): Tensor =>
  Array.isArray(row) ? (row as readonly Tensor[]).map(emptied) : (undefined as unknown as number);

/** Replaces references in the document, `{"tensor": "fc_1.w"}`, by numbers: parameters, and the optimizer's state. */
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
