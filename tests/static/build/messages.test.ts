import { describe, expect, test } from 'vitest';
import type { Problem } from '@/api/types';
import { anchor, messagesOf } from '@/build/messages';

const problem = (more: Partial<Problem>): Problem => ({
  type: 'about:blank',
  title: 'Unprocessable',
  status: 422,
  detail: 'detail',
  where: '',
  limit: null,
  asked: null,
  allowed: null,
  suggestion: null,
  errors: null,
  ...more,
});

describe('an error', () => {
  test('is told at the field that it is about', () => {
    const fields = [
      ...['/optimizer/lr', '/x/0/1', '/y/2/0', '/y/2', '/layers/0/w/1/0', '/layers/2/b/3', '/loss/type', '/loss/delta'],
      ...[
        '/layers/1/output_dim',
        '/layers/3/size/1',
        '/optimizer/betas/0',
        '/optimizer/weight_decay',
        '/seed',
        '/mode',
      ],
    ];
    for (const where of fields) expect(anchor(where)).toBe(where);
  });

  test('is told at the smallest part that holds its place, or for all of it', () => {
    expect(anchor('/layers/1/name')).toBe('/layers/1');
    expect(anchor('/layers/0/w')).toBe('/layers/0');
    expect(anchor('/layers/0/w/0/0/1/1')).toBe('/layers/0');
    expect(anchor('/y')).toBe('/y');
    expect(anchor('/input_shape/0')).toBe('/x');
    expect(anchor('/optimizer/state/fc_1.w')).toBe('/optimizer');
    expect(anchor('/name')).toBe('');
  });

  test('of several, each is told at its own place', () => {
    const errors = [
      { where: '/x/0/0', detail: 'one' },
      { where: '/layers/0/w/0/0', detail: 'two' },
    ];
    expect(messagesOf({ kind: 'refused', problem: problem({ errors }) })).toEqual([
      { where: '/x/0/0', text: 'one' },
      { where: '/layers/0/w/0/0', text: 'two' },
    ]);
  });

  test('without a place is told once', () => {
    expect(messagesOf({ kind: 'refused', problem: problem({ where: null }) })).toEqual([{ where: '', text: 'detail' }]);
    expect(messagesOf(null)).toEqual([]);
  });
});
