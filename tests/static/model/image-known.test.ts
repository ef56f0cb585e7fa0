import { expect, test } from 'vitest';
import { dueAt, reached } from '@/model/results';
import { recorded } from '../recorded';

test('a pixel is known as soon as it is computed, and not before', () => {
  const { trace } = recorded('convolution');
  const due = dueAt(trace, 'conv_1.output[0,0,1,0]') as number;
  expect(due).toBe(15);
  expect(reached(trace, due - 1, 'conv_1.output[0,0,1,0]')).toBe(false);
  expect(reached(trace, due, 'conv_1.output[0,0,1,1]')).toBe(false);
});

test('the weights of a filter are known together', () => {
  const { trace } = recorded('digits-cnn');
  const due = (ref: string) => dueAt(trace, ref) as number;
  expect(due('conv_1.w.grad[1,0,2,2]')).toBe(due('conv_1.w.grad[1,0,0,0]'));
  expect(due('conv_1.w.grad[1,0,0,0]')).toBe(due('conv_1.b.grad[1]'));
  expect(due('conv_1.w.grad[2,0,0,0]')).toBeGreaterThan(due('conv_1.w.grad[1,0,2,2]'));
});
