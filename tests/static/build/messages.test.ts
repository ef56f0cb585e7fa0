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
  errors: null,
  ...more,
});

describe('an error', () => {
  test('is told at the field that it is about', () => {
    for (const where of ['/optimizer/lr', '/x/0/1', '/y/2/0', '/layers/0/w/1/0', '/layers/2/b/3', '/loss/type']) {
      expect(anchor(where)).toBe(where);
    }
  });

  test('is told at the smallest part that holds its place, or for all of it', () => {
    expect(anchor('/layers/1/output_dim')).toBe('/layers/1');
    expect(anchor('/layers/0/w')).toBe('/layers/0');
    expect(anchor('/y')).toBe('/y');
    expect(anchor('/seed')).toBe('');
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
