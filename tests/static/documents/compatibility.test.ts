/** Links of earlier versions, stored in tests/compatibility, restore their content. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { unpacked } from '@/documents/link';

const KEPT = new URL('../../compatibility/', import.meta.url);

interface Kept {
  made_by: string;
  payload: string;
}

const links: Kept[] = readdirSync(KEPT, { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .flatMap(({ name }) => JSON.parse(readFileSync(new URL(`${name}/links.json`, KEPT), 'utf8')));

/** The content of a link, read by code that is independent of the page. */
function held({ payload }: Kept): Record<string, unknown> {
  const [, packed, hash] = payload.split('.') as [string, string, string];
  const json = inflateRawSync(Buffer.from(packed, 'base64url'));
  expect(createHash('sha256').update(json).digest('hex').slice(0, 16)).toBe(hash);
  return JSON.parse(json.toString('utf8'));
}

test('links of several versions are stored', () => {
  expect(new Set(links.map(({ made_by }) => made_by)).size).toBeGreaterThan(5);
});

test.each(links.map((link, number) => [number, link.made_by, link] as const))(
  'link %i, of %s, restores its whole content',
  async (_, __, link) => {
    const { start, ...state } = held(link);
    const opened = await unpacked(link.payload);
    expect(opened).toMatchObject(state);
    expect(opened.start?.step).toBe((start as { step: number } | null | undefined)?.step);
    expect(opened.step).toBe(state.step ?? 1);
  },
);
