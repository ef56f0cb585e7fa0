import { expect, test } from 'vitest';
import { revive } from '@/model/json';

test('numbers that JSON cannot represent are restored where the service names them', () => {
  const answer = {
    loss: { value: null as number | null },
    layers: [{ output: [[1, null]] }],
    nonfinite: [
      { path: '/loss/value', kind: 'nan' as const },
      { path: '/layers/0/output/0/1', kind: '-inf' as const },
    ],
  };
  const revived = revive(answer);
  expect(revived.loss.value).toBeNaN();
  expect(revived.layers).toEqual([{ output: [[1, Number.NEGATIVE_INFINITY]] }]);
  expect(answer.loss.value).toBeNull();
});
