import { describe, expect, test } from 'vitest';
import { parse } from '@/build/table/parse';
import { pasted } from '@/build/table/reader';
import type { Sheet } from '@/model/sheet';

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
const paste = (text: string, row = 0, column = 0, of = sheet) => pasted(of, row, column, parse(text).rows, 5);

describe('pasted numbers', () => {
  test('are filled in cell by cell from the focused cell on, and other cells stay', () => {
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

  test('add new samples after the last', () => {
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
    ['1\t2\t3', 0, 1, { kind: 'table' }],
    ['a\tb\n1\t2', 0, 0, { kind: 'table' }],
    ['1\t1,408', 0, 0, { kind: 'table' }],
    ['1\tabc', 0, 0, { kind: 'number', row: 1, column: 2, text: 'abc' }],
    ['1\n2\n3\n4\n5', 1, 0, { kind: 'long', rows: 6, most: 5 }],
  ])('%j at %i, %i does not fit and says why', (text, row, column, misfit) => {
    expect(paste(text, row, column)).toEqual({ misfit });
  });

  test('are no classes if they are not whole numbers', () => {
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
