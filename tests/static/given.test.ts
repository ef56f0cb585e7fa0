import { describe, expect, test } from 'vitest';
import { pointerOf, refAt } from '@/given';
import { getAt } from '@/json';
import { valueAt } from '@/lookup';
import { recorded, SLUGS } from './recorded';

describe('The numbers that are given', () => {
  test.each(SLUGS)('knows where in the document of %s each given number stands', (slug) => {
    const all = recorded(slug).trace;
    for (const { ref } of all.edges ?? []) {
      if (ref === null) continue;
      const pointer = pointerOf(all, ref) as string;
      expect(getAt(all.document, pointer), pointer).toBe(valueAt(all, ref));
    }
    expect(pointerOf(all, 'x[0,1]')).toBe('/x/0/1');
    expect(pointerOf(all, 'fc_1.output[0,0]')).toBeNull();
  });

  test('of a truth that a class stands for is its share, which has no place of its own', () => {
    const { trace: rows } = recorded('batch-of-three');
    const all = { ...rows, document: { ...rows.document, y: [1, 0, 1] } };
    expect(pointerOf(all, 'y[0,1]')).toBeNull();
    expect(pointerOf(rows, 'y[0,1]')).toBe('/y/0/1');
  });

  test.each(SLUGS)('have their refs at their places in %s', (slug) => {
    const all = recorded(slug).trace;
    const refs = ['x[0,1]', 'y[0,0]', ...(all.edges ?? []).flatMap(({ ref }) => ref ?? [])];
    for (const ref of refs) {
      const pointer = pointerOf(all, ref);
      if (pointer) expect(refAt(all, pointer), pointer).toBe(ref);
    }
  });

  test('a class leads to the target that it stands for, a setting to none', () => {
    const { trace: rows } = recorded('batch-of-three');
    const all = { ...rows, document: { ...rows.document, y: [1, 0, 1] } };
    expect(refAt(all, '/y/1')).toBe('y[1,0]');
    expect(refAt(all, '/layers/0/output_dim')).toBeNull();
    expect(refAt(all, '/seed')).toBeNull();
    const data = { ...rows, document: { ...rows.document, data: { rows: { x: [[1]], y: [[1]] } } } };
    expect(refAt(data as unknown as typeof rows, '/data/rows/x/0/1')).toBe('x[0,1]');
  });
});
