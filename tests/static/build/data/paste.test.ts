import { describe, expect, test } from 'vitest';
import { firstRows, fromFile, pasted } from '@/build/data/paste';
import type { Sheet } from '@/build/data/sheet';
import { parseTable } from '@/build/data/table';

const sheet: Sheet = {
  inputs: 2,
  targets: 1,
  classes: false,
  rows: [
    [1, 2, 3],
    [4, 5, 6],
  ],
};
const classes: Sheet = { ...sheet, classes: true };
const paste = (text: string, row = 0, column = 0, of = sheet) => pasted(of, row, column, parseTable(text), 5);
const file = (text: string, of = sheet) => fromFile(of, parseTable(text), 5);

test('the first rows of a file are those after its heading', () => {
  expect(firstRows(parseTable('a,b\n1,2\n3,4\n5,6'), 2)).toEqual(parseTable('a,b\n1,2\n3,4'));
  expect(firstRows(parseTable('1,2\n3,4\n5,6'), 2)).toEqual(parseTable('1,2\n3,4'));
});

describe('what is pasted', () => {
  test('goes cell by cell from where it was pasted, and leaves the rest', () => {
    expect(paste('1/3\t0,5', 1, 1)).toMatchObject({
      sheet: {
        rows: [
          [1, 2, 3],
          [4, 1 / 3, 0.5],
        ],
      },
    });
    expect(sheet.rows[1]).toEqual([4, 5, 6]);
  });

  test('makes new samples beneath the last', () => {
    expect(paste('7\t8\t9\n10\t11\t12', 1)).toMatchObject({
      sheet: {
        rows: [
          [1, 2, 3],
          [7, 8, 9],
          [10, 11, 12],
        ],
      },
    });
  });

  test.each([
    ['', 0, 0, { kind: 'empty' }],
    ['1\t2\t3', 0, 1, { kind: 'wide', columns: 3, room: 2 }],
    ['1\tabc', 0, 0, { kind: 'number', row: 1, column: 2, text: 'abc' }],
    ['1\n2\n3\n4\n5', 1, 0, { kind: 'long', rows: 6, most: 5 }],
  ])('%j at %i, %i does not fit and says why', (text, row, column, misfit) => {
    expect(paste(text, row, column)).toEqual({ misfit });
  });

  test('is no class if it is no whole number', () => {
    expect(paste('1\t1\t0.5', 0, 0, classes)).toEqual({ misfit: { kind: 'class', row: 1, text: '0.5' } });
    expect(paste('1\t1\t-1', 0, 0, classes)).toEqual({ misfit: { kind: 'class', row: 1, text: '-1' } });
    expect(paste('0.5\t1\t2', 0, 0, classes)).toMatchObject({
      sheet: {
        rows: [
          [0.5, 1, 2],
          [4, 5, 6],
        ],
      },
    });
  });
});

describe('a file', () => {
  test('takes the place of all rows, without its heading', () => {
    expect(file('a,b,t\n1,2,3\n4,5,6\n7,8,9')).toEqual({
      sheet: {
        ...sheet,
        rows: [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
      },
      labels: [],
    });
  });

  test('with more columns has more inputs', () => {
    expect(file('1,2,3,4')).toMatchObject({ sheet: { inputs: 3, targets: 1, rows: [[1, 2, 3, 4]] } });
  });

  test('with words in its last column has classes, counted in the order of the alphabet', () => {
    expect(file('width;kind\n0,5;setosa\n0,7;iris\n1;setosa')).toEqual({
      sheet: {
        inputs: 1,
        targets: 1,
        classes: true,
        rows: [
          [0.5, 1],
          [0.7, 0],
          [1, 1],
        ],
      },
      labels: ['iris', 'setosa'],
    });
  });

  test.each([
    ['', { kind: 'empty' }],
    ['1,2,3\n4,5', { kind: 'ragged', row: 2, columns: 2, expected: 3 }],
    ['a,b\n1,2\n3', { kind: 'ragged', row: 3, columns: 1, expected: 2 }],
    ['1\n2', { kind: 'narrow', columns: 1 }],
    ['1,2\n1,2\n1,2\n1,2\n1,2\n1,2', { kind: 'long', rows: 6, most: 5 }],
  ])('%j does not fit and says why', (text, misfit) => {
    expect(file(text)).toEqual({ misfit });
  });
});
