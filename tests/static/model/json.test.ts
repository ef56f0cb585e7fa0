import { expect, test } from 'vitest';
import { documentJson, toJson } from '@/model/json';

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
