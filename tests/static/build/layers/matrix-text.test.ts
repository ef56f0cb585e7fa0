import { describe, expect, test } from 'vitest';
import { readMatrix } from '@/build/layers/matrix-text';

const M = [
  [1, 2, 3],
  [4, 5, 6],
];

describe('a matrix is read', () => {
  test.each([
    ['from lines', '1 2 3\n4 5 6'],
    ['from a spreadsheet', '1\t2\t3\r\n4\t5\t6\r\n'],
    ['from lines with commas', '1, 2, 3\n4, 5, 6'],
    ['as JSON and Python write it', '[[1, 2, 3], [4, 5, 6]]'],
    ['as numpy prints it', '[[1. 2. 3.]\n [4. 5. 6.]]'],
    ['as numpy prints a long row', '[[1. 2.\n  3.]\n [4. 5.\n  6.]]'],
    ['as numpy writes it', 'W = np.array([[1., 2., 3.],\n       [4., 5., 6.]], dtype=float32)'],
    ['as PyTorch writes it', 'tensor([[1., 2., 3.],\n        [4., 5., 6.]], requires_grad=True)'],
    ['as MATLAB writes it', 'w = [1 2 3; 4 5 6];'],
    ['as MATLAB writes it with commas', '[1, 2, 3; 4, 5, 6]'],
    ['from MATLAB’s lines', '[1 2 3\n4 5 6]'],
    ['from fractions', '1/1 4/2 6 / 2\n8/2 5 6'],
    ['without commas between the rows', '[1 2 3] [4 5 6]'],
    ['from an unbroken row of brackets', '{{1,2,3},{4,5,6}}'],
  ])('%s', (_, text) => {
    expect(readMatrix(text, [2, 3])).toEqual({ kind: 'fits', value: M, shape: [2, 3] });
  });

  test('with decimal commas if the shape fits, and with commas as separators if that fits', () => {
    expect(readMatrix('0,5 1,25\n2 3', [2, 2])).toMatchObject({
      kind: 'fits',
      value: [
        [0.5, 1.25],
        [2, 3],
      ],
    });
    expect(readMatrix('0,5; 1,25', [2])).toMatchObject({ kind: 'fits', value: [0.5, 1.25] });
    expect(readMatrix('1,2\n3,4', [2, 2])).toMatchObject({
      kind: 'fits',
      value: [
        [1, 2],
        [3, 4],
      ],
    });
    expect(readMatrix('1,2\n3,4', [2])).toMatchObject({ kind: 'fits', value: [1.2, 3.4] });
    expect(readMatrix('0.5,1', [2])).toMatchObject({ kind: 'fits', value: [0.5, 1] });
  });

  test('with a typographic minus and powers of ten', () => {
    expect(readMatrix('−1e-3 2E2', [2])).toMatchObject({ value: [-0.001, 200] });
  });

  test('into a vector from a row or a column, and into filters from their one matrix', () => {
    for (const text of ['[1 2 3]', '1\n2\n3', '[[1],[2],[3]]', '[[1, 2, 3]]']) {
      expect(readMatrix(text, [3])).toMatchObject({ kind: 'fits', value: [1, 2, 3] });
    }
    expect(readMatrix('[[1,2],[3,4]]', [1, 1, 2, 2])).toMatchObject({
      value: [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
      ],
    });
    expect(readMatrix('7', [1, 1])).toMatchObject({ kind: 'fits', value: [[7]] });
  });
});

describe('texts that do not fit are distinguished', () => {
  test('rows and columns exchanged', () => {
    expect(readMatrix('1 4\n2 5\n3 6', [2, 3])).toEqual({ kind: 'turned', value: M, shape: [3, 2] });
  });

  test.each([
    ['1 2\n3 4', { kind: 'other', shape: [2, 2] }],
    ['1 2\n3', { kind: 'ragged' }],
    ['1 2 x\n3 4 5', { kind: 'number', text: 'x' }],
    ['[[1,2],[3', { kind: 'number', text: '[[1,2],[3' }],
    ['[1,2] and [3,4]', { kind: 'number', text: '[1,2] and [3,4]' }],
    [' \n', { kind: 'empty' }],
    ['[]', { kind: 'empty' }],
    ['1/0 2', { kind: 'number', text: '1/0' }],
  ])('%j', (text, reading) => {
    expect(readMatrix(text, [2, 3])).toMatchObject(reading);
  });
});
