import { describe, expect, test } from 'vitest';
import { getAt, setAt } from '@/model/json';

describe('an edit', () => {
  const before = { layers: [{ w: [[1, 2]] }, { name: 'relu' }], x: [[0.5]] };

  test('replaces one number and does not change the previous document', () => {
    const after = setAt(before, '/layers/0/w/0/1', 7);
    expect(getAt(after, '/layers/0/w/0/1')).toBe(7);
    expect(getAt(before, '/layers/0/w/0/1')).toBe(2);
  });

  test('shares all unchanged parts', () => {
    const after = setAt(before, '/layers/0/w/0/1', 7);
    expect(after.x).toBe(before.x);
    expect(after.layers[1]).toBe(before.layers[1]);
  });
});
