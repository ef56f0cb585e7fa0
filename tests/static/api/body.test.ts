import { describe, expect, test } from 'vitest';
import { documentBody } from '@/api/body';

const small = { name: 'small', x: [[1, -0, 0.1]] };
const large = { name: 'large', x: [Array.from({ length: 40_000 }, (_, i) => i / 7)] };
const textOf = (body: BodyInit): Promise<string> => new Response(body).text();

describe('the body of a request about a document', () => {
  test('is the document, alone or beside other members', () => {
    expect(documentBody(small)).toBe('{"name":"small","x":[[1,-0.0,0.1]]}');
    expect(documentBody(small, { ref: 'loss' })).toBe('{"document":{"name":"small","x":[[1,-0.0,0.1]]},"ref":"loss"}');
  });

  test('is a Blob for a large document, with the same text in it', async () => {
    expect(documentBody(large)).toBeInstanceOf(Blob);
    expect(JSON.parse(await textOf(documentBody(large)))).toEqual(large);
    expect(JSON.parse(await textOf(documentBody(large, { ref: 'loss' })))).toEqual({ document: large, ref: 'loss' });
  });
});
