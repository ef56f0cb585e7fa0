import { describe, expect, test, vi } from 'vitest';
import { documentBody, prepareBody } from '@/api/body';

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

  test('is written ahead for the newest document, once nothing has followed it', () => {
    vi.useFakeTimers();
    const written = vi.spyOn(JSON, 'stringify');
    const [passing, last] = [{ name: 'passing' }, { name: 'last' }];
    prepareBody(passing);
    vi.advanceTimersByTime(299);
    prepareBody(last);
    vi.advanceTimersByTime(299);
    expect(written).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(written.mock.calls.map(([document]) => document)).toEqual([last]);
    expect(documentBody(last)).toBe('{"name":"last"}');
    expect(written).toHaveBeenCalledTimes(1);
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
});
