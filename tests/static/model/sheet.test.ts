import { describe, expect, test } from 'vitest';
import { getAt } from '@/model/json';
import { pointerOf, resized, sheetOf, withClasses, withoutRow, withRow, withSheet } from '@/model/sheet';
import { recorded } from '../recorded';

const batch = recorded('batch-of-three').trace.document;
const sheet = sheetOf(batch);
const labelled = sheetOf(recorded('softmax-classifier').trace.document);
if (!sheet || !labelled) throw new Error('both have sheets');

describe('the sheet of a batch', () => {
  test('has a row for each sample, its inputs and then its targets', () => {
    expect(sheet).toMatchObject({ inputs: 3, targets: 2, classes: false });
    expect(sheet.rows[0]).toEqual([0.2, -0.4, 0.9, 0.5, -0.5]);
    expect(labelled).toMatchObject({ inputs: 2, targets: 1, classes: true });
    expect(labelled.rows[5]).toEqual([-0.3, -0.9, 2]);
  });

  test('knows the place of each of its numbers in the document', () => {
    for (const [document, one] of [
      [batch, sheet],
      [recorded('softmax-classifier').trace.document, labelled],
    ] as const) {
      one.rows.forEach((row, j) => {
        row.forEach((value, k) => {
          expect(getAt(document, pointerOf(one, j, k))).toBe(value);
        });
      });
    }
  });

  test('that is unchanged gives the same document', () => {
    expect(withSheet(batch, sheet)).toEqual(batch);
    const classes = recorded('softmax-classifier').trace.document;
    expect(withSheet(classes, labelled)).toEqual(classes);
  });

  test('does not exist for images', () => {
    expect(sheetOf({ x: [[[[1, 2]]]], y: [[1]] })).toBeNull();
    expect(sheetOf({ x: [[1, 2]], y: [[[[1]]]] })).toBeNull();
  });
});

test('a new row copies the row above it, and the last row cannot be removed', () => {
  const more = withRow(sheet, 1);
  expect(more.rows).toHaveLength(4);
  expect(more.rows[2]).toEqual(sheet.rows[1]);
  expect(withoutRow(more, 2)).toEqual(sheet);
  const single = { ...sheet, rows: sheet.rows.slice(0, 1) };
  expect(withoutRow(single, 0)).toBe(single);
});

test('the service adapts the layers to another number of inputs', () => {
  const document = withSheet(batch, resized(sheet, 2, 2));
  expect(document.input_shape).toEqual([2]);
  expect(document.x?.[0]).toEqual([0.2, -0.4]);
  expect(document.y).toEqual(batch.y);
  expect(document.layers).toBe(batch.layers);
  expect(resized(sheet, 4, 3).rows[0]).toEqual([0.2, -0.4, 0.9, 0, 0.5, -0.5, 0]);
});

test('classes become one-hot rows, and rows the class of their largest number', () => {
  const rows = withClasses(labelled, false, 3);
  expect(rows.rows[5]).toEqual([-0.3, -0.9, 0, 0, 1]);
  expect(withClasses(rows, true, 3)).toEqual(labelled);
});
