import { describe, expect, test } from 'vitest';
import { arrived } from '@/api/arrived';
import type { Tensor } from '@/api/types';
import { matrixOf, placeIn, refAt, valueIn } from '@/matrices/matrix';
import { differences } from '@/model/differences';
import { shapeOf, valueAt } from '@/model/lookup';
import { recorded } from '../recorded';

const whole = recorded('batch-of-three').trace;
const names = whole.layers.map(({ name }) => name);
const sampled = Object.keys(whole.tensors).filter(
  (name) => /^(x|y)$|\.(output|one)|\.grad$/.test(name) && !/\.[wb]\./.test(name),
);

/** As the service sends large batches: of each tensor with a row for each sample only one row. */
function sent(sample: number): Parameters<typeof arrived>[0] {
  const rows = sampled.map((name) => [name, [(whole.tensors[name] as Tensor[])[sample]]] as const);
  return { ...whole, sample, sampled, tensors: { ...whole.tensors, ...Object.fromEntries(rows) } } as never;
}

/** As the service writes large tensors: their float64 values, little-endian. */
function encoded(tensor: unknown) {
  const numbers = [tensor].flat(9) as number[];
  const bytes = new Uint8Array(new Float64Array(numbers).buffer);
  return { shape: shapeOf(tensor), float64: btoa(String.fromCharCode(...bytes)) };
}

test('omitted fields are filled in, and a shape is that of the tensor', () => {
  const { stages, layers, loss, warnings, sample, step } = recorded('batch-of-three').trace;
  const of = (name: string) => stages.flatMap(({ results }) => results).find((one) => one.name === name);
  expect(of('fc_1.w.grad')).toEqual({ name: 'fc_1.w.grad', shape: [3, 4], each: 3, terms: 3, axis: 1, sampled: false });
  expect(of('fc_1.output')).toMatchObject({ shape: [4], each: 1, axis: null, sampled: true });
  expect(of('loss')).toMatchObject({ shape: [], axis: null });
  expect(layers[0]).toMatchObject({ window: null, saved: [], axes: { b: { units: 0, inputs: null } } });
  expect(stages.find(({ computes }) => computes === 'parameter_gradients')?.settles).toEqual({ 'fc_2.one.grad': null });
  expect([loss.quantities, warnings, sample, step]).toEqual([[], [], 0, 1]);
});

describe('a trace of one sample of a batch', () => {
  test('has its numbers at the places of their refs, and none of another sample', () => {
    for (const sample of [0, 1, 2]) {
      const trace = arrived(sent(sample));
      for (const name of names) {
        expect(shapeOf(trace.tensors[`${name}.output`])).toEqual(shapeOf(whole.tensors[`${name}.output`]));
        for (const other of [0, 1, 2]) {
          for (const ref of [`${name}.output[${other},0]`, `${name}.output.grad[${other},1]`]) {
            expect(valueAt(trace, ref)).toBe(other === sample ? valueAt(whole, ref) : null);
          }
        }
        expect(valueAt(trace, `${names[0]}.w.grad[0,0]`)).toBe(valueAt(whole, `${names[0]}.w.grad[0,0]`));
      }
    }
  });

  test('is unchanged if it has every sample, or if nothing is known yet', () => {
    const { nodes: _, edges: __, ...plain } = whole;
    expect(arrived(plain)).toEqual(plain);
    const early = { ...sent(1), tensors: { ...sent(1).tensors, [`${names[0]}.output`]: null } };
    expect(arrived(early).tensors[`${names[0]}.output`]).toBeNull();
  });

  test('has matrices of one row, which keep the index of its sample', () => {
    const one = { meets: '', turned: false, transposed: false };
    const row = { ...one, tensor: `${names[0]}.output`, axes: ['n', 'k'], rows: '', columns: 'k' };
    const matrix = matrixOf(arrived(sent(2)), row, { n: 3, k: 4 });
    expect(matrix).toMatchObject({ rows: 1, first: 2 });
    const ref = refAt(matrix, 0, 1) ?? '';
    expect(ref).toBe(`${names[0]}.output[2,1]`);
    expect(valueIn(matrix, 0, 1)).toBe(valueAt(whole, ref));
    expect(placeIn(matrix, ref)).toEqual([0, 1]);
    expect(placeIn(matrix, `${names[0]}.output[1,1]`)).toBeNull();
    const column = { ...one, tensor: 'x', axes: ['n', 'j'], rows: 'j', columns: '', transposed: true };
    const turned = matrixOf(arrived(sent(2)), column, { n: 3, j: 2 });
    expect(turned).toMatchObject({ columns: 1, first: 2 });
    expect(refAt(turned, 1, 0)).toBe('x[2,1]');
    expect(placeIn(turned, 'x[2,1]')).toEqual([1, 0]);
  });

  test('is compared by the numbers that both traces have', () => {
    const same = differences(arrived(sent(1)), whole, 'all', 10);
    expect(same.count).toBe(0);
    const other = differences(arrived(sent(0)), arrived(sent(1)), 'output', 10);
    // The loss covers all samples; no output is in both answers.
    expect(other).toMatchObject({ count: 0, compared: 1 });
  });
});

test('large tensors are read from their bytes, to the last bit, and the document has its parameters', () => {
  const name = `${names[0]}.w`;
  const special = [
    [0, -0, 5e-324, 0.1 + 0.2],
    [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308],
  ];
  const layers = whole.document.layers.map((layer, place) => (place === 0 ? { ...layer, w: { tensor: name } } : layer));
  const tensors = { ...whole.tensors, [name]: encoded(special), [`${name}.grad`]: encoded([[[1]], [[2]]]) };
  const trace = arrived({ ...whole, tensors, document: { ...whole.document, layers } } as never);
  expect(trace.tensors[name]).toEqual(special);
  expect(Object.is(valueAt(trace, `${name}[0,1]`), -0)).toBe(true);
  expect(trace.tensors[`${name}.grad`]).toEqual([[[1]], [[2]]]);
  expect(trace.document.layers[0]).toMatchObject({ w: special });
  expect(trace.document.layers.slice(1)).toEqual(whole.document.layers.slice(1));
});

test('so are the tensors of an optimizer’s state', () => {
  const name = `${names[0]}.w`;
  const state = { [name]: { mean: { tensor: `${name}.mean` }, count: [3] } };
  const tensors = { ...whole.tensors, [`${name}.mean`]: encoded([[0.5, 1]]) };
  const trace = arrived({
    ...whole,
    tensors,
    document: { ...whole.document, optimizer: { type: 'adam', lr: 0.1, state } },
  } as never);
  expect(trace.document.optimizer).toMatchObject({ state: { [name]: { mean: [[0.5, 1]], count: [3] } } });
  expect(trace.document.layers).toEqual(whole.document.layers);
});

test('numbers that are not finite are restored in their tensors', () => {
  const name = `${names[0]}.output`;
  const output = (whole.tensors[name] as number[][]).map((row, n) =>
    row.map((one, k) => (n === 1 && k === 0 ? null : one)),
  );
  const trace = arrived({
    ...whole,
    tensors: { ...whole.tensors, [name]: output },
    nonfinite: [{ path: `/tensors/${name}/1/0`, kind: '-inf' }],
  } as never);
  expect(valueAt(trace, `${name}[1,0]`)).toBe(Number.NEGATIVE_INFINITY);
});

test('the document is the requested one, unless the answer contains another', () => {
  const { document: _, ...without } = whole as Parameters<typeof arrived>[0];
  expect(arrived(without, whole.document).document).toBe(whole.document);
  const other = { ...whole.document, name: 'Another' };
  expect(arrived({ ...without, document: other }, whole.document).document).toBe(other);
});
