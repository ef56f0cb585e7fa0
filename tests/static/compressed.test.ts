import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { forms } from '../../static/build-plugins/compressed';

describe('the compressed forms of a file', () => {
  it('have its content', async () => {
    const content = Buffer.from('export const ŷ = 1;\n'.repeat(50));
    const made = await forms(content);
    expect([...made.keys()]).toEqual(['.br', '.gz']);
    expect(brotliDecompressSync(made.get('.br') ?? '')).toEqual(content);
    expect(gunzipSync(made.get('.gz') ?? '')).toEqual(content);
  });

  it('are the same for the same content, whenever they are made', async () => {
    const content = Buffer.from('a'.repeat(1000));
    expect(await forms(content)).toEqual(await forms(content));
  });

  it('are left out where they save nothing', async () => {
    expect(await forms(Buffer.from('{}'))).toEqual(new Map());
    const random = Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * at * 7919 + (at >> 3) * 104729) % 251));
    expect([...(await forms(random)).values()].every((form) => form.length < random.length)).toBe(true);
  });
});
