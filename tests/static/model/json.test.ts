import { expect, test } from 'vitest';
import { documentJson, patched, toJson } from '@/model/json';

test('minus zero keeps its sign', () => {
  const text = toJson({ w: [[-0, 0], [1]], name: 'a "quoted" −0', left: undefined, none: null, ok: true });
  expect(text).toBe('{"w":[[-0.0,0],[1]],"name":"a \\"quoted\\" −0","none":null,"ok":true}');
  expect(Object.is(JSON.parse(text).w[0][0], -0)).toBe(true);
});

test('without minus zero the text is that of the browser', () => {
  const value = { a: [1e308, 5e-324, 0.1], b: { c: '</script>' } };
  expect(toJson(value)).toBe(JSON.stringify(value));
});

test('a document is serialized once, and another one again', () => {
  const document = { w: [-0, 1] };
  const text = documentJson(document);
  expect(text).toBe(toJson(document));
  expect(documentJson(document)).toBe(text);
  expect(documentJson({ w: [-0, 2] })).toBe('{"w":[-0.0,2]}');
});

test('a patch is applied in order, and everything off its paths is shared', () => {
  const before = { layers: [{ name: 'a' }, { name: 's' }, { name: 'b', output_dim: 1 }], y: [[1]], x: [[2]] };
  const after = patched(before, [
    { op: 'remove', path: '/layers/1' },
    { op: 'replace', path: '/layers/1/output_dim', value: 2 },
    { op: 'replace', path: '/y', value: [[0, 1]] },
  ]);
  expect(after).toEqual({ ...before, layers: [{ name: 'a' }, { name: 'b', output_dim: 2 }], y: [[0, 1]] });
  expect([after.x, after.layers[0]]).toEqual([before.x, before.layers[0]]);
  expect(after.x).toBe(before.x);
  expect(before.layers).toHaveLength(3);
});
