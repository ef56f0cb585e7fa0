import { effect } from '@preact/signals';
import { expect, test } from 'vitest';
import { isLit } from '@/state/attention';
import { lit, trace } from '@/state/store';
import { recorded } from '../recorded';

test('while nothing is pointed at, a new picture is no reason to draw a formula again', () => {
  trace.value = recorded('chapter').trace;
  const asked: boolean[] = [];
  const stop = effect(() => {
    asked.push(isLit('x[0,0]'));
  });
  trace.value = { ...recorded('chapter').trace };
  expect(asked).toEqual([false]);
  lit.value = ['x[0,0]'];
  expect(asked).toEqual([false, true]);
  lit.value = ['x[0,1]'];
  expect(asked).toEqual([false, true, false]);
  stop();
});
