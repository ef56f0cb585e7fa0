import { expect, test } from 'vitest';
import { packing, payloadOf } from '@/documents/link';
import { MAX_LINK, MAX_LINK_NUMBERS } from '@/documents/untrusted';
import { anyState, random } from './states';

const STATE = anyState(3);
const draw = random(8);
const withInputs = (rows: number[][]) => ({ ...STATE, document: { ...STATE.document, x: rows } });
const drawn = (count: number) => Array.from({ length: count }, draw);

test('a small network fits into a link', async () => {
  const made = await packing(STATE);
  expect(made.fits && made.payload).toBe(await payloadOf(STATE));
});

test('a link that is too long reports its length', async () => {
  const made = await packing(withInputs([drawn(8000)]));
  expect(made).toMatchObject({ fits: false, why: 'length', allowed: MAX_LINK });
  expect(made.fits ? 0 : made.asked).toBeGreaterThan(MAX_LINK);
});

test('a large network is not packed', async () => {
  const state = withInputs([drawn(MAX_LINK_NUMBERS + 1)]);
  expect(await packing(state)).toMatchObject({ fits: false, why: 'numbers', allowed: MAX_LINK_NUMBERS });
  expect(await payloadOf(state)).toBeNull();
});
