import { expect, test } from 'vitest';
import { controlsIn, framedBy } from '@/state/reading';

const NONE = { id: 'aB-_9', step: 0, grain: 'node', sample: 0, notation: 'scalar', table: false };

test('the address of a frame names the network and what is shown of it', () => {
  expect(framedBy('/embed/aB-_9', '')).toEqual(NONE);
  expect(framedBy('/embed/aB-_9', '?step=12&grain=term&sample=3&notation=chain&table=1')).toEqual({
    ...{ id: 'aB-_9', step: 12, grain: 'term', sample: 2, notation: 'chain', table: true },
  });
  expect(controlsIn('?controls=steps')).toBe('steps');
});

test('a value that is none of those in the table has no effect', () => {
  for (const wrong of ['-1', '1e3', '', 'NaN', '99999999999', '<b>', 'constructor']) {
    const query = ['step', 'grain', 'sample', 'notation', 'table'].map(
      (name) => `${name}=${encodeURIComponent(wrong)}`,
    );
    expect(framedBy('/embed/aB-_9', `?${query.join('&')}`)).toEqual(NONE);
    expect(controlsIn(`?controls=${encodeURIComponent(wrong)}`)).toBe('all');
  }
  expect(framedBy('/embed/../api', '').id).toBe('');
});
