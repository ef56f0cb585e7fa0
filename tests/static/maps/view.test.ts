import { beforeEach, expect, test } from 'vitest';
import { rangeFor, shownRange } from '@/maps/view';
import { columns, scale } from '@/state/maps';
import { cursor, trace } from '@/state/store';
import { recorded } from '../recorded';

const { trace: whole } = recorded('convolution');
const outputs = [37, 47, 67, 77];

beforeEach(() => {
  trace.value = whole;
  scale.value = 'layer';
});

const column = (id: string) => columns.value.find((one) => one.id === id) as (typeof columns.value)[number];

test('the bar of a column shows the range of the known numbers', () => {
  const [stage] = whole.stages;
  outputs.forEach((_, known) => {
    cursor.value = known * (stage?.terms ?? 0);
    const seen = outputs.slice(0, known);
    expect(shownRange(column('conv_1'))).toEqual(known ? { low: Math.min(...seen), high: Math.max(...seen) } : null);
    // The colours are the same from the first number on.
    expect(rangeFor(column('conv_1'))).toEqual({ low: 37, high: 77 });
  });
  cursor.value = 0;
  expect(shownRange(column('x'))).toEqual({ low: 1, high: 9 });
});

test('a shared scale for all columns reveals no unknown numbers either', () => {
  scale.value = 'shared';
  cursor.value = 0;
  const given = shownRange(column('x'));
  expect(given?.high).toBeLessThan(rangeFor(column('x')).high + 1);
  expect(shownRange(column('conv_1'))).toBeNull();
  cursor.value = Number.POSITIVE_INFINITY;
  expect(shownRange(column('y'))).toEqual(rangeFor(column('y')));
});
