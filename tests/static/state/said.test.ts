import { expect, test } from 'vitest';
import { sayChange } from '@/state/buildActions';

test('the changes that make an edit fit are counted in words', () => {
  const width = (outputs: number) => sayChange({ key: 'width', where: '', values: { layer: 'fc_1', outputs } });
  expect(width(1)).toBe('fc_1 now has 1 output.');
  expect(width(3)).toBe('fc_1 now has 3 outputs.');
  expect(sayChange({ key: 'inputs', where: '', values: { shape: [1] } })).toBe('The network now takes 1 input.');
  expect(sayChange({ key: 'inputs', where: '', values: { shape: [1, 2, 2] } })).toBe(
    'The network now takes 1 × 2 × 2 inputs.',
  );
});
