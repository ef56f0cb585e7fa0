import { describe, expect, test } from 'vitest';
import { documentOfFile, fileName, fileText } from '@/documents/files';
import { MAX_BYTES } from '@/documents/untrusted';
import { IMAGE_SLUGS, recorded, SEQUENCE_SLUG } from '../recorded';
import { anyState, bitsOf } from './states';

describe('a file', () => {
  test.each(Array.from({ length: 20 }, (_, seed) => seed))('of random network %i opens as the same', async (seed) => {
    const { document } = anyState(seed);
    const back = await documentOfFile(new Blob([fileText(document)]));
    expect(back).toEqual(document);
    expect(bitsOf(back)).toEqual(bitsOf(document));
  });

  test.each([SEQUENCE_SLUG, ...IMAGE_SLUGS] as const)('of %s opens as the same', async (slug) => {
    const { document } = recorded(slug).trace;
    const back = await documentOfFile(new Blob([fileText(document)]));
    expect(back).toEqual(document);
    expect(bitsOf(back)).toEqual(bitsOf(document));
  });

  test('that is too large is refused before it is read', async () => {
    const file = { size: MAX_BYTES + 1, arrayBuffer: () => Promise.reject(new Error('read')) } as unknown as Blob;
    await expect(documentOfFile(file)).rejects.toThrow(
      'It has 67,108,865 bytes, and a network document has at most 67,108,864.',
    );
  });

  test('that cannot be read, such as a folder, says so', async () => {
    const file = { size: 1, arrayBuffer: () => Promise.reject(new Error('gone')) } as unknown as Blob;
    await expect(documentOfFile(file)).rejects.toThrow('Folders cannot be opened');
  });

  test.each([
    ['[]', 'not a network document'],
    ['"text"', 'not a network document'],
    ['{"layers": [], "x": 1, "y": []}', 'not a network document'],
    ['{"format": 7, "layers": [], "x": [], "y": []}', 'not a network document'],
    ['{"format": "tinyml-network/2"}', 'Its format is “tinyml-network/2”, and this page opens tinyml-network/1.'],
    [`{"format": "${'f'.repeat(5000)}"}`, `Its format is “${'f'.repeat(40)}…”`],
  ])('with %.40j is refused with a reason', async (text, why) => {
    await expect(documentOfFile(new Blob([text]))).rejects.toThrow(why);
  });
});

test('a file is named after its network, in letters and digits', () => {
  expect(fileName('Two layers with ReLU', 'json')).toBe('Two-layers-with-ReLU.json');
  expect(fileName('../../etc/<b>passwd</b>', 'json')).toBe('etc-b-passwd-b.json');
  expect(fileName('网络 1', 'json')).toBe('网络-1.json');
  expect(fileName('…', 'json')).toBe('network.json');
  expect(fileName('a'.repeat(500), 'json').length).toBeLessThan(70);
});
