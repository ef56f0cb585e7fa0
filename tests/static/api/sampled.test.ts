import { describe, expect, test } from 'vitest';
import { spread } from '@/api/sampled';
import type { Trace } from '@/api/types';
import { differences } from '@/history/differences';
import { shapeOf, valueAt } from '@/lookup';
import { equationsOf } from '@/matrices/equations';
import { matrixOf, placeIn, refAt, valueIn } from '@/matrices/matrix';
import { getAt, setAt } from '@/tree';
import { recorded } from '../recorded';

const whole = recorded('batch-of-three').trace;
const names = whole.layers.map(({ name }) => name);
const places = [
  '/output',
  '/loss/gradient',
  ...names.flatMap((_, at) =>
    ['input', 'output', 'input_gradient', 'output_gradient'].map((field) => `/layers/${at}/${field}`),
  ),
];

/** As the service sends it above its size: of each tensor the row of one sample. */
function sent(sample: number): Trace {
  return places.reduce<Trace>((tree, place) => setAt(tree, place, [(getAt(whole, place) as unknown[])[sample]]), {
    ...whole,
    sample,
    sampled: places,
  } as Trace);
}

describe('a trace of one sample of a batch', () => {
  test('has its numbers where their refs say, and none of another sample', () => {
    for (const sample of [0, 1, 2]) {
      const trace = spread(sent(sample));
      for (const name of names) {
        expect(shapeOf(getAt(trace, `/layers/${names.indexOf(name)}/output`))).toEqual(
          shapeOf(getAt(whole, `/layers/${names.indexOf(name)}/output`)),
        );
        for (const other of [0, 1, 2]) {
          for (const ref of [`${name}.output[${other},0]`, `${name}.output.grad[${other},1]`]) {
            expect(valueAt(trace, ref)).toBe(other === sample ? valueAt(whole, ref) : null);
          }
        }
        expect(valueAt(trace, `${names[0]}.w.grad[0,0]`)).toBe(valueAt(whole, `${names[0]}.w.grad[0,0]`));
      }
      expect(valueAt(trace, 'x[1,0]')).toBe(valueAt(whole, 'x[1,0]'));
    }
  });

  test('is left as it is where every sample is there, or nothing is known yet', () => {
    expect(spread(whole)).toBe(whole);
    const early = setAt(sent(1), '/output', null);
    expect(spread(early).output).toBeNull();
  });

  test('has matrices of one row, which keep the number of its sample', () => {
    const matrix = matrixOf(spread(sent(2)), `${names[0]}.output`);
    expect(matrix).toMatchObject({ rows: 1, first: 2 });
    if (!matrix) return;
    const ref = refAt(matrix, 0, 1) ?? '';
    expect(ref).toBe(`${names[0]}.output[2,1]`);
    expect(valueIn(matrix, 0, 1)).toBe(valueAt(whole, ref));
    expect(placeIn(matrix, ref)).toEqual([0, 1]);
    expect(placeIn(matrix, `${names[0]}.output[1,1]`)).toBeNull();
    const turned = matrixOf(spread(sent(2)), 'x', true);
    expect(turned).toMatchObject({ columns: 1, first: 2 });
    expect(turned && refAt(turned, 1, 0)).toBe('x[2,1]');
    expect(turned && placeIn(turned, 'x[2,1]')).toEqual([1, 0]);
  });

  test('says that the gradient of weights is a sum over all samples', () => {
    const signs = (trace: Trace) =>
      JSON.stringify(
        equationsOf(trace)
          .find(({ kind }) => kind === 'weights')
          ?.parts.slice(1, 3),
      );
    expect(signs(whole)).not.toContain('∑');
    expect(signs(spread(sent(0)))).toContain('∑');
  });

  test('is compared by the numbers that both have', () => {
    const same = differences(spread(sent(1)), whole, 'all', 10);
    expect(same.count).toBe(0);
    const other = differences(spread(sent(0)), spread(sent(1)), 'output', 10);
    // The loss is that of all samples; no output stands in both.
    expect(other).toMatchObject({ count: 0, compared: 1 });
  });
});
