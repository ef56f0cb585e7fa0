import { expect, test } from 'vitest';
import { markup } from '@/maths/markup';
import { columnRooms } from '@/matrices/fitting';
import { cellOf, isSet, type Matrix, matrixOf, placeIn, rangeOfMatrix, refAt } from '@/matrices/matrix';
import { nameMath } from '@/matrices/names';
import { inCell } from '@/numbers/format';
import { recorded } from '../recorded';

const { trace } = recorded('batch-of-three');
const sizes = { n: 3, j: 2, k: 4 };
const matrix = (tensor: string, transposed = false): Matrix => {
  const axes = /\.b/.test(tensor) ? ['k'] : /\.w/.test(tensor) ? ['j', 'k'] : ['n', tensor === 'x' ? 'j' : 'k'];
  const [columns = '', rows = ''] = axes.toReversed();
  const [down, across] = transposed ? [columns, rows] : [rows, columns];
  return matrixOf(trace, { tensor, axes, rows: down, columns: across, meets: '', transposed, turned: false }, sizes);
};

test('every place has a ref, and every ref its place', () => {
  for (const one of [matrix('fc_1.w'), matrix('fc_1.w', true), matrix('x', true), matrix('fc_1.b.grad')]) {
    for (let row = 0; row < one.rows; row++) {
      for (let column = 0; column < one.columns; column++) {
        expect(placeIn(one, refAt(one, row, column) ?? '')).toEqual([row, column]);
      }
    }
    expect(placeIn(one, 'loss')).toBeNull();
    expect(placeIn(one, 'fc_2.w[0,0]')).toBeNull();
  }
});

test('samples are rows, transposed samples are columns, and parameters have no samples', () => {
  expect(matrix('x').samples).toBe('rows');
  expect(matrix('x', true).samples).toBe('columns');
  expect(matrix('y').samples).toBe('rows');
  expect(matrix('fc_1.w').samples).toBeNull();
  expect(matrix('fc_1.b.grad').samples).toBeNull();
});

test('a transpose has its T next to the number of its layer', () => {
  expect(markup(nameMath(matrix('fc_1.w', true)))).toContain(
    '<mn>1</mn><mo stretchy="false" lspace="0" rspace="0">)</mo></mrow><mi mathvariant="normal">T</mi>',
  );
  expect(markup(nameMath(matrix('x', true)))).toBe('<msup><mi>X</mi><mi mathvariant="normal">T</mi></msup>');
});

test('small matrices are typeset, larger ones are maps, with numbers if few columns leave room', () => {
  expect(isSet({ rows: 4, columns: 8 })).toBe(true);
  expect(isSet({ rows: 17, columns: 2 })).toBe(false);
  expect(isSet({ rows: 1, columns: 9 })).toBe(false);
  expect(cellOf(10, 'colours').width).toBeGreaterThan(30);
  expect(cellOf(11, 'colours').width).toBeLessThan(20);
  expect(cellOf(11, 'numbers').width).toBeGreaterThan(30);
});

test('a column has room for its longest number on both sides of the point', () => {
  const values = [
    [1, -12.5],
    [0.25, 3],
  ];
  const rooms = columnRooms({ ...matrix('fc_1.w'), whole: values, rows: 2, columns: 2 });
  expect(rooms).toEqual([
    { lead: 1, fixed: true, tail: 7 },
    { lead: 3, fixed: true, tail: 6 },
  ]);
});

test('a number in a cell has as many digits as fit', () => {
  expect(inCell(-16.06512, 54)).toBe('−16.0651');
  expect(inCell(-16.06512, 40)).toBe('−16.07');
  expect(inCell(0.0042106, 54)).toBe('0.004211');
  expect(inCell(1.234e-9, 54)).toBe('1.23·10⁻⁹');
});

test('colours range from the smallest to the largest of all numbers', () => {
  expect(rangeOfMatrix(matrix('fc_1.w'))).toEqual({ low: -0.7, high: 0.8 });
  expect(rangeOfMatrix(matrix('fc_1.b'))).toEqual({ low: -0.2, high: 0.3 });
});
