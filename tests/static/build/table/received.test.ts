import { beforeEach, expect, test } from 'vitest';
import { MAX_TABLE_BYTES, received } from '@/build/table/reader';
import { incoming } from '@/state/panels';

beforeEach(() => {
  incoming.value = null;
});

function file(name: string, content: string | Uint8Array<ArrayBuffer>, size?: number): File {
  const made = new File([content], name);
  return size === undefined ? made : Object.defineProperty(made, 'size', { value: size });
}

test('a table is shown, up to its limit', async () => {
  const table = file('a.csv', 'a,b\n1,2', MAX_TABLE_BYTES);
  expect(await received(table)).toBe(null);
  expect(incoming.value).toEqual({ source: table });
});

test('a table beyond the limit is not read', async () => {
  expect(await received(file('a.csv', 'a,b\n1,2', MAX_TABLE_BYTES + 1))).toContain('at most 64 MB');
  expect(incoming.value).toBe(null);
});

test('a file of another program is named, with the command that exports it as text', async () => {
  const message = await received(file('w.csv', new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])));
  expect(message).toBe(
    '“w.csv” is a numpy array. numpy.savetxt("x.csv", x, delimiter=",") writes it as a table; weights go into “Set all”.',
  );
  expect(incoming.value).toBe(null);
});
