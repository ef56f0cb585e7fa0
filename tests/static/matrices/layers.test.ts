/** Pools, reshaping, normalizations, dropout and softmax as equations: what stands on the left is what is worked out on the right. */

import { describe, expect, test } from 'vitest';
import type { Trace } from '@/api/types';
import { valueAt } from '@/lookup';
import { equationsOf } from '@/matrices/equations';
import { type Matrix, refAt, valueIn } from '@/matrices/matrix';
import { bandsOf } from '@/matrices/meeting';
import { isReached, progressOf } from '@/matrices/progress';
import { isSet } from '@/matrices/room';
import { finish } from '@/timeline/cursor';
import { reached } from '@/timeline/known';
import { LAYER_SLUGS, recorded } from '../recorded';
import { equationOf, matricesOf } from './networks';

type Rows = number[][];
const rowsOf = (matrix: Matrix): Rows =>
  Array.from({ length: matrix.rows }, (_, row) =>
    Array.from({ length: matrix.columns }, (_, column) => valueIn(matrix, row, column)),
  );
const matrices = (slug: Parameters<typeof recorded>[0], id: string): Rows[] =>
  matricesOf(equationOf(slug, id)).map(rowsOf);

/** Entry by entry; what has one row, one column or one number serves for all. */
const at = (rows: Rows, r: number, c: number): number => {
  const row = rows[rows.length === 1 ? 0 : r] as number[];
  return row[row.length === 1 ? 0 : c] as number;
};
const each = (like: Rows, made: (r: number, c: number) => number): Rows =>
  like.map((row, r) => row.map((_, c) => made(r, c)));
const close = (found: Rows | undefined, due: Rows): void => {
  expect(found?.length).toBe(due.length);
  found?.forEach((row, r) => {
    row.forEach((one, c) => {
      expect(one).toBeCloseTo(due[r]?.[c] as number, 10);
    });
  });
};
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const columnSums = (rows: Rows): Rows => [(rows[0] ?? []).map((_, c) => sum(rows.map((row) => row[c] as number)))];

test.each(LAYER_SLUGS)('every number of %s is the trace’s own', (slug) => {
  const { trace } = recorded(slug);
  const equations = equationsOf(trace);
  expect(equations.map(({ kind }) => kind)).not.toContain('images');
  for (const matrix of equations.flatMap(matricesOf)) {
    for (let row = 0; row < matrix.rows; row++) {
      for (let column = 0; column < matrix.columns; column++) {
        const ref = refAt(matrix, row, column);
        if (matrix.cells?.form === 'share') continue;
        expect(valueIn(matrix, row, column), `${ref}`).toBe(ref === null ? 0 : valueAt(trace, ref));
      }
    }
  }
});

test.each(LAYER_SLUGS)('in %s an entry is known exactly when its number is', (slug) => {
  const { trace } = recorded(slug);
  const set = equationsOf(trace)
    .flatMap(matricesOf)
    .filter((one) => isSet(one) && one.cells?.form !== 'share');
  for (let cursor = 0; cursor <= finish(trace.stages); cursor += 3) {
    for (const matrix of set) {
      const progress = progressOf(trace.stages, cursor, [], matrix);
      for (let row = 0; row < matrix.rows; row++) {
        for (let column = 0; column < matrix.columns; column++) {
          const ref = refAt(matrix, row, column);
          if (ref === null) continue;
          const due = reached(trace, cursor, ref);
          if (isReached(progress, matrix, row, column) !== due) expect(`${ref} at ${cursor}`).toBe(due);
        }
      }
    }
  }
});

describe('pools', () => {
  test('average are products with a column of equal shares, both ways', () => {
    for (const id of ['avg_pool_1 forward', 'avg_pool_1 back']) {
      const [result, windows, shares] = matrices('pools', id) as [Rows, Rows, Rows];
      expect(shares).toEqual([[0.25], [0.25], [0.25], [0.25]]);
      close(
        result,
        windows.map((row) => [sum(row.map((one, t) => one * (shares[t]?.[0] as number)))]),
      );
    }
  });

  test('of the largest mark what each window has chosen, and add it up on the way back', () => {
    for (const id of ['max_pool_1 forward', 'max_pool_1 back']) {
      const [result, windows] = matricesOf(equationOf('pools', id)) as [Matrix, Matrix];
      close(
        rowsOf(result),
        rowsOf(windows).map((row, r) => [sum(row.filter((_, t) => windows.cells?.choice?.(r, t)?.chosen))]),
      );
    }
  });
});

test('what is flattened is read row by row, and an entry lights the same number', () => {
  const forward = equationOf('pools', 'flatten_1 forward');
  const [flat, images] = matricesOf(forward) as [Matrix, Matrix];
  expect(rowsOf(images).flat()).toEqual(rowsOf(flat)[0]);
  expect(bandsOf(forward, ['flatten_1.output[0,3]']).at(-1)).toEqual({ meets: 'cell', at: [1, 1] });
  const [back, nabla] = matrices('pools', 'flatten_1 back') as [Rows, Rows];
  expect(back.flat()).toEqual(nabla[0]);
});

const EPSILON = 1e-5;

describe.each([
  ['normalized-images', 'batch_norm_1', 'column'],
  ['normalized-rows', 'batch_norm_1', 'column'],
  ['normalized-rows', 'layer_norm_1', 'row'],
  ['normalized-images', 'layer_norm_1', 'all'],
] as const)('in %s %s', (slug, name, together) => {
  const of = (id: string) => matrices(slug, `${name} ${id}`);
  const means = (rows: Rows): Rows => {
    if (together === 'column') return [(columnSums(rows)[0] as number[]).map((one) => one / rows.length)];
    if (together === 'row') return rows.map((row) => [sum(row) / row.length]);
    return [[sum(rows.flat()) / rows.flat().length]];
  };

  test('the way forward holds line by line', () => {
    const [mean, x] = of('mean') as [Rows, Rows];
    close(mean, means(x));
    close(of('variance')[0], means(each(x, (r, c) => (at(x, r, c) - at(mean, r, c)) ** 2)));
    const [normalized, , , variance] = of('normalized') as [Rows, Rows, Rows, Rows];
    close(
      normalized,
      each(x, (r, c) => (at(x, r, c) - at(mean, r, c)) / Math.sqrt(at(variance, r, c) + EPSILON)),
    );
    const [output, gamma, xhat, beta] = of('output') as [Rows, Rows, Rows, Rows];
    close(
      output,
      each(xhat, (r, c) => at(gamma, r, c) * at(xhat, r, c) + at(beta, r, c)),
    );
  });

  test('the way back holds', () => {
    const [gammaGrad, nabla, normalized] = of('gamma') as [Rows, Rows, Rows];
    // Of images normalized sample by sample one summand of the sum over n is there.
    if (together !== 'all') {
      close(gammaGrad, columnSums(each(nabla, (r, c) => at(nabla, r, c) * at(normalized, r, c))));
      close(of('beta')[0], columnSums(nabla));
    }
    const [passed] = of('back') as [Rows];
    const variance = of('variance')[0] as Rows;
    const gamma = of('output')[1] as Rows;
    const inner = each(nabla, (r, c) => at(gamma, r, c) * at(nabla, r, c));
    const [plain, weighed] = [means(inner), means(each(inner, (r, c) => at(inner, r, c) * at(normalized, r, c)))];
    const moved = (r: number, c: number) =>
      at(inner, r, c) - at(plain, r, c) - at(normalized, r, c) * at(weighed, r, c);
    close(
      passed,
      each(nabla, (r, c) => moved(r, c) / Math.sqrt(at(variance, r, c) + EPSILON)),
    );
  });
});

test('dropout is its mask, and a softmax hands back what its shares let through', () => {
  for (const id of ['dropout_1 forward', 'dropout_1 back']) {
    const [result, mask, other] = matrices('normalized-rows', id) as [Rows, Rows, Rows];
    close(
      result,
      each(mask, (r, c) => at(mask, r, c) * at(other, r, c)),
    );
  }
  const [passed, own, nabla] = matrices('normalized-rows', 'softmax_1 back') as [Rows, Rows, Rows];
  close(
    passed,
    each(own, (r, c) => {
      const shared = sum((own[r] as number[]).map((one, k) => one * at(nabla, r, k)));
      return at(own, r, c) * (at(nabla, r, c) - shared);
    }),
  );
});

test('when predicting there are no means to gather, and nothing comes back through them', () => {
  const { trace } = recorded('normalized-rows');
  const stages = trace.stages.filter(({ computes }) => computes !== 'mean' && computes !== 'variance');
  const kinds = equationsOf({ ...trace, stages } as Trace).filter(({ layer }) => layer?.name === 'batch_norm_1');
  expect(kinds.map(({ kind }) => kind)).toEqual(['normalized', 'output', 'gamma', 'beta', 'back', 'update', 'update']);
  expect(matricesOf(kinds[4] as (typeof kinds)[number]).map(({ name }) => name)).toHaveLength(4);
});
