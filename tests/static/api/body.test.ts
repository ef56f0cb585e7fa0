import { describe, expect, test } from 'vitest';
import { documentBody, hashBody, rememberHash } from '@/api/client';

const small = { name: 'small', x: [[1, -0, 0.1]] };
const large = { name: 'large', x: [Array.from({ length: 40_000 }, (_, i) => i / 7)] };
const textOf = (body: BodyInit): Promise<string> => new Response(body).text();

describe('the body of a request about a document', () => {
  test('is the document, alone or next to other members', () => {
    expect(documentBody(small)).toBe('{"name":"small","x":[[1,-0.0,0.1]]}');
    expect(documentBody(small, { ref: 'loss' })).toBe('{"document":{"name":"small","x":[[1,-0.0,0.1]]},"ref":"loss"}');
    expect(documentBody(small, {})).toBe('{"document":{"name":"small","x":[[1,-0.0,0.1]]}}');
  });

  test('is a Blob for a large document, with the same text', async () => {
    expect(documentBody(large)).toBeInstanceOf(Blob);
    expect(JSON.parse(await textOf(documentBody(large)))).toEqual(large);
    expect(JSON.parse(await textOf(documentBody(large, { ref: 'loss' })))).toEqual({ document: large, ref: 'loss' });
  });

  test('is the hash of a document if the service has returned its hash', () => {
    const [document, other] = [{ name: 'known' }, { name: 'known' }];
    expect(hashBody(document)).toBeNull();
    rememberHash(document, 'abc');
    expect(hashBody(document)).toBe('{"hash":"abc"}');
    expect(hashBody(document, { ref: 'loss' })).toBe('{"document":{"hash":"abc"},"ref":"loss"}');
    expect(hashBody(other)).toBeNull();
  });
});
