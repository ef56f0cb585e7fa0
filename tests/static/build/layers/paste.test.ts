import { describe, expect, test } from 'vitest';
import { pasted } from '@/build/layers/matrix-text';

const layer = {
  type: 'Linear',
  w: [
    [1, 2],
    [3, 4],
  ],
  b: [5, 6],
};

describe('numbers pasted into a matrix', () => {
  test('fill it from a field on, in their layout', () => {
    expect(pasted(layer, 'w', [0, 0], '0.1\t0.2\n0.3\t0.4')).toEqual({
      w: [
        [0.1, 0.2],
        [0.3, 0.4],
      ],
    });
    expect(pasted(layer, 'w', [1, 0], '7 8')).toEqual({
      w: [
        [1, 2],
        [7, 8],
      ],
    });
    expect(pasted(layer, 'w', [0, 1], '7\n8')).toEqual({
      w: [
        [1, 7],
        [3, 8],
      ],
    });
    expect(pasted(layer, 'b', [0, 0], '7\n8')).toEqual({ b: [7, 8] });
  });

  test('continue in the biases if there is one row more', () => {
    const both = {
      w: [
        [0.15, 0.25],
        [0.2, 0.3],
      ],
      b: [0.35, 0.35],
    };
    expect(pasted(layer, 'w', [0, 0], '0.15 0.25\n0.2 0.3\n0.35 0.35')).toEqual(both);
    expect(pasted(layer, 'w', [0, 0], '0,15\t0,25\n0,2\t0,3\n0,35\t0,35')).toEqual(both);
    expect(pasted({ ...layer, b: undefined }, 'w', [0, 0], '1 2\n3 4\n5 6')).toBeNull();
  });

  test.each(['1 2 3\n4 5 6', '1 2\n3 4\n5 6\n7 8', 'tensor([[1., 2.], [3., 4.]])', 'one two', '1 2\n3', ' '])(
    'are not used if they need a preview first: %j',
    (text) => {
      expect(pasted(layer, 'w', [0, 0], text)).toBeNull();
    },
  );

  test('do not fit if they exceed its side', () => {
    expect(pasted(layer, 'w', [0, 1], '1 2')).toBeNull();
    expect(pasted(layer, 'b', [0, 0], '1 2\n3 4')).toBeNull();
  });
});
