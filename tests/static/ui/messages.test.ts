import { describe, expect, test } from 'vitest';
import type { Catalog, NetworkDocument } from '@/api/types';
import { catalog, network } from '@/state/store';
import { anchor, isField, isNumber } from '@/ui/Messages';

const numbers = (...names: string[]) => names.map((name) => ({ name, symbol: name }));
catalog.value = {
  layers: [
    { type: 'Linear', numbers: numbers('w', 'b') },
    { type: 'BatchNorm', numbers: numbers('gamma', 'running_mean') },
    { type: 'PReLU', numbers: numbers('slope') },
    { type: 'LeakyReLu', numbers: [] },
  ],
} as unknown as Catalog;
const kinds = ['Linear', 'Linear', 'BatchNorm', 'PReLU', 'LeakyReLu'];
network.value = { layers: kinds.map((type) => ({ type })) } as NetworkDocument;

describe('an error', () => {
  test('is shown at the field that it is about', () => {
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

  test('is shown at the smallest part that contains its place, or for the whole panel', () => {
    expect(anchor('/layers/1/name')).toBe('/layers/1');
    expect(anchor('/layers/0/w')).toBe('/layers/0');
    expect(anchor('/layers/3/slope')).toBe('/layers/3');
    expect(anchor('/layers/4/slope')).toBe('/layers/4/slope');
    expect(anchor('/layers/0/w/0/0/1/1')).toBe('/layers/0');
    expect(anchor('/y')).toBe('/y');
    expect(anchor('/input_shape/0')).toBe('/x');
    expect(anchor('/optimizer/state/fc_1.w')).toBe('/optimizer');
    expect(anchor('/name')).toBe('');
  });

  test('is shown where the number is typed, in the picture or the inspector', () => {
    for (const where of [
      '/x/0/1',
      '/data/rows/y/2',
      '/layers/0/w/1/0',
      '/layers/2/running_mean/3',
      '/layers/3/slope/0',
    ]) {
      expect(isNumber(where)).toBe(true);
    }
    for (const where of [
      '/layers/0/output_dim',
      '/layers/0/size/1',
      '/layers/0/w/0/0/1/1',
      '/layers/4/slope',
      '/layers',
      '/x',
      '/seed',
    ]) {
      expect(isNumber(where)).toBe(false);
    }
  });

  test('is shown at the top of the panel if it is about no part of it', () => {
    expect(isField('/layers/2/stride')).toBe(true);
    expect(isField('/y')).toBe(true);
    expect(isField('/layers')).toBe(false);
  });
});
