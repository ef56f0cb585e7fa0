import { effect } from '@preact/signals';
import { expect, test } from 'vitest';
import { hover } from '@/state/attention';
import { trace } from '@/state/store';
import { isHighlighted } from '@/ui/highlight';
import { recorded } from '../recorded';

test('while nothing is pointed at, a new picture does not render a formula again', () => {
  trace.value = recorded('chapter').trace;
  const results: boolean[] = [];
  const stop = effect(() => {
    results.push(isHighlighted('x[0,0]'));
  });
  trace.value = { ...recorded('chapter').trace };
  expect(results).toEqual([false]);
  hover.value = ['x[0,0]'];
  expect(results).toEqual([false, true]);
  hover.value = ['x[0,1]'];
  expect(results).toEqual([false, true, false]);
  stop();
});
