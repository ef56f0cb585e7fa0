import { expect, test } from 'vitest';
import type { Example } from '@/api/types';
import { examples, titleOfNetwork } from '@/state/store';

test('a network with the name of an example has its title, and one that was renamed has its own name', () => {
  examples.value = [
    { slug: 'xor', name: 'XOR', title: '异或（XOR）', description: '', document: {} } as unknown as Example,
  ];
  expect(titleOfNetwork('XOR')).toBe('异或（XOR）');
  expect(titleOfNetwork('My XOR')).toBe('My XOR');
  expect(titleOfNetwork('')).toBe('');
});
