import { describe, expect, test } from 'vitest';
import { isEitherWay, readMatrix, turned, written } from '@/build/layers/matrix-text';

const W = [
  [0.15, 0.2],
  [0.25, 0.3],
];

describe('matrices as programs print them are read', () => {
  test.each([
    ['a spreadsheet with semicolons', '0.15;0.2\n0.25;0.3'],
    ['a spreadsheet with decimal commas', '0,15;0,2\n0,25;0,3'],
    [
      'a PyTorch parameter',
      'Parameter containing:\ntensor([[0.1500, 0.2000],\n        [0.2500, 0.3000]], requires_grad=True)',
    ],
    [
      'a PyTorch tensor on a GPU',
      "tensor([[0.1500, 0.2000],\n        [0.2500, 0.3000]], device='cuda:0', grad_fn=<AddBackward0>)",
    ],
    ['numbers of numpy', '[[np.float64(0.15), np.float64(0.2)], [np.float64(0.25), np.float32(0.3)]]'],
    ['a TensorFlow tensor', 'tf.Tensor(\n[[0.15 0.2 ]\n [0.25 0.3 ]], shape=(2, 2), dtype=float32)'],
    [
      'a TensorFlow variable',
      "<tf.Variable 'w:0' shape=(2, 2) dtype=float32, numpy=\narray([[0.15, 0.2 ],\n       [0.25, 0.3 ]], dtype=float32)>",
    ],
    ['R', '     [,1] [,2]\n[1,] 0.15  0.2\n[2,] 0.25  0.3'],
    ['R with names', '     a    b\n[1,] 0.15  0.2\n[2,] 0.25  0.3'],
    ['R in blocks', '     [,1]\n[1,] 0.15\n[2,] 0.25\n     [,2]\n[1,]  0.2\n[2,]  0.3'],
    ['a call in R', 'matrix(c(0.15, 0.25, 0.2, 0.3), nrow = 2)'],
    ['a call in R by rows', 'w <- matrix(c(0.15, 0.2, 0.25, 0.3), ncol=2, byrow=TRUE)'],
    ['Julia', '2×2 Matrix{Float64}:\n 0.15  0.2\n 0.25  0.3'],
    ['Julia’s own notation', '[0.15 0.2; 0.25 0.3]'],
    ['MATLAB', 'w =\n\n    0.1500    0.2000\n    0.2500    0.3000\n'],
    ['MATLAB with a factor', 'w =\n\n   1.0e-01 *\n\n    1.5000    2.0000\n    2.5000    3.0000\n'],
    [
      'MATLAB in blocks',
      'w =\n\n  Columns 1 through 1\n\n    0.1500\n    0.2500\n\n  Column 2\n\n    0.2000\n    0.3000\n',
    ],
    ['LaTeX', '\\begin{pmatrix} 0.15 & 0.2 \\\\ 0.25 & 0.3 \\end{pmatrix}'],
    [
      'LaTeX with spacing and brackets',
      'W = \\left[\\begin{array}{cc} 0{,}15 & \\frac{1}{5} \\\\[2pt] 0{,}25 & 3\\cdot 10^{-1} \\\\ \\end{array}\\right]',
    ],
    ['rows of LaTeX alone', '0.15 & 0.2 \\\\\n0.25 & 0.3'],
    ['Mathematica', '{{0.15, 0.2}, {0.25, 0.3}}'],
  ])('%s', (_, text) => {
    const reading = readMatrix(text, [2, 2]);
    expect(reading.kind).toBe('fits');
    expect(
      (reading as unknown as { value: number[][] }).value.flat().map((one) => Number(one.toPrecision(12))),
    ).toEqual(W.flat());
  });

  test.each([
    ['R', '[1] 0.15 0.20\n[3] 0.25'],
    ['Julia', '3-element Vector{Float64}:\n 0.15\n 0.2\n 0.25'],
    ['PyTorch', 'Parameter containing:\ntensor([0.1500, 0.2000, 0.2500], requires_grad=True)'],
    ['numbers of numpy', '[np.float64(0.15), np.float64(0.2), np.float64(0.25)]'],
  ])('a vector of %s', (_, text) => {
    expect(readMatrix(text, [3])).toMatchObject({ kind: 'fits', value: [0.15, 0.2, 0.25] });
  });
});

test('a written matrix is read again', () => {
  for (const value of [
    W,
    [1e-7, -3],
    [[1, 2, 3]],
    [
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ],
  ]) {
    const shape: number[] = [];
    for (let inner: unknown = value; Array.isArray(inner); inner = inner[0]) shape.push(inner.length);
    expect(readMatrix(written(value), shape)).toMatchObject({ kind: 'fits', value });
  }
});

test('a square matrix fits in both orientations, unless it is symmetric', () => {
  expect(isEitherWay(W, [2, 2])).toBe(true);
  expect(turned(W)).toEqual([
    [0.15, 0.25],
    [0.2, 0.3],
  ]);
  expect(
    isEitherWay(
      [
        [1, 2],
        [2, 3],
      ],
      [2, 2],
    ),
  ).toBe(false);
  expect(isEitherWay([[1]], [1, 1])).toBe(false);
  expect(isEitherWay([[1, 2]], [1, 2])).toBe(false);
});
