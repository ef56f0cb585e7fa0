import { expect, test } from 'vitest';
import { MAX_BRACKETS, MAX_BYTES, MAX_DEPTH, MAX_NUMBERS, parsed } from '@/documents/untrusted';

const read = (text: string) => parsed(new TextEncoder().encode(text));
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test('JSON is read, also with a byte order mark', () => {
  expect(read('{"x": [[1e308, -0.0]]}')).toEqual({ x: [[1e308, -0]] });
  expect(read('\ufeff{"a": 1}')).toEqual({ a: 1 });
});

test.each([
  ['', 'It is empty.'],
  [' \n', 'It is empty.'],
  ['{"x": [1,', 'not valid JSON: perhaps a part'],
  ['<!doctype html><script>1</script>', 'not valid JSON: perhaps'],
  ['{"x": NaN}', 'JSON has no NaN'],
  ['[-Infinity]', 'JSON has no NaN and no Infinity'],
  ['{"x": [[1e999]]}', 'too large for a float64'],
  ['{"a": [{"__proto__": {"polluted": 1}}]}', 'the key “__proto__”'],
  ['{"constructor": {"prototype": {}}}', 'the key “constructor”'],
  ['{"a": {"prototype": 1}}', 'the key “prototype”'],
])('%j is refused with a reason', (text, why) => {
  expect(() => read(text)).toThrow(why);
});

test('no key reaches the prototypes of the page’s objects', () => {
  expect(() => read('{"__proto__": {"polluted": true}}')).toThrow();
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('nested lists are read to the depth of a document, and deeper ones are refused', () => {
  expect(read(nested(MAX_DEPTH))).toBeInstanceOf(Array);
  expect(() => read(nested(MAX_DEPTH + 1))).toThrow(`more than ${MAX_DEPTH} deep`);
  expect(() => read(nested(200_000))).toThrow(`more than ${MAX_DEPTH} deep`);
});

test('bytes that are not valid text are refused', () => {
  expect(() => parsed(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]))).toThrow('not UTF-8 text');
});

test('too many bytes are not decoded', () => {
  expect(() => parsed(new Uint8Array(MAX_BYTES + 1))).toThrow('at most 67,108,864');
});

const zeros = (count: number) => `[${'0,'.repeat(count - 1)}0]`;
const lists = (count: number) => `[${'[],'.repeat(count - 2)}{}]`;

test('numbers are counted before they are read, to the limit and one beyond', () => {
  expect(read(zeros(MAX_NUMBERS))).toHaveLength(MAX_NUMBERS);
  expect(() => read(zeros(MAX_NUMBERS + 1))).toThrow('more than 5,000,000 numbers');
});

test('lists and objects are counted before they are read, to the limit and one beyond', () => {
  expect(read(lists(MAX_BRACKETS))).toHaveLength(MAX_BRACKETS - 1);
  expect(() => read(lists(MAX_BRACKETS + 1))).toThrow('more than 100,000 lists');
  // What is counted is not read: the parser would refuse this.
  expect(() => read('[]'.repeat(MAX_BRACKETS + 1))).toThrow('more than 100,000 lists');
});

test.each([
  ['[1, -2.5e-3, 0.1E+7, 12]', 4],
  [String.raw`{"1, 2": "3 \" 4 [", "a": [-0]}`, 1],
  [String.raw`["\\", 5, "\\\"6"]`, 1],
  ['[true, null, "e1", 7]', 1],
])('of %s the numbers alone are counted', (text, count) => {
  const bytes = new TextEncoder().encode(text);
  expect(() => parsed(bytes, count)).not.toThrow();
  expect(() => parsed(bytes, count - 1)).toThrow(`more than ${count - 1} numbers`);
});
