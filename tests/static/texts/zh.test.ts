import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { say } from '@/maths/sentences';
import { en } from '@/texts/en';
import { check as englishCheck } from '@/texts/en/check';
import { faults as englishFaults } from '@/texts/en/faults';
import { help } from '@/texts/en/help';
import { reference as englishReference } from '@/texts/en/reference';
import { table as englishTable } from '@/texts/en/table';
import { ways as englishWays } from '@/texts/en/ways';
import { zh as chineseWords } from '@/texts/zh';
import { check as chineseCheck } from '@/texts/zh/check';
import { faults as chineseFaults } from '@/texts/zh/faults';
import { help as chineseHelp } from '@/texts/zh/help';
import { reference as chineseReference } from '@/texts/zh/reference';
import { table as chineseTable } from '@/texts/zh/table';
import { ways as chineseWays } from '@/texts/zh/ways';
import { asText, called, calls, entries, isText, links, markers } from './entries';

const zh = chineseWords(say);
const english = new Map(
  entries({
    ...en,
    check: englishCheck,
    faults: englishFaults,
    leaving: englishWays,
    help,
    reference: englishReference,
    table: englishTable,
  }),
);
const chinese = new Map(
  entries({
    ...zh,
    check: chineseCheck(say),
    faults: chineseFaults,
    leaving: chineseWays,
    help: chineseHelp,
    reference: chineseReference,
    table: chineseTable,
  }),
);

/** Names and signs that are the same in every language. */
const SAME =
  /\b(ReLU|Leaky|ELU|GELU|Softmax|Softplus|Sigmoid|Dropout|Adagrad|Adam|AdamW|RMS|RMSProp|Huber|Nesterov|Xavier|He|tanh|log|exp|softmax|sign|max|LaTeX|curl|JSON|CSV|SVG|PNG|UTF|NaN|Infinity|float64|im2col|numpy|layers|Windows|Excel|LibreOffice|PyTorch|JAX|TikZ|HTML|npz|safetensors|Python|pickle|Keras|HDF5|h5|ONNX|TensorFlow|brain|js|PDF|Parquet|MATLAB|Julia|MB|Ctrl|Shift|Cmd|Mac|Alt|Esc|Enter|Home|End|Page|Backprop Explorer|Han|zh|Hans|XOR|new|nabla|gamma|beta|mu|sigma|alpha|delta|epsilon|lambda|w_new|v_new|m_new|s_new|Zh)\b/gi;
/** Texts without words: formulas, keys, separators. */
const SIGNS = [
  'lang',
  'product',
  'reference.title',
  'diagram.gradientMark',
  'diagram.edgeMarks.product',
  'history.undoKeys',
  'history.redoKeys',
  'build.layers.unknownShape',
];
const KEYS = /^help\.keys\.\d+\.0$|^symbols\.letters|^inspector\.waits\.ready$/;

/** Every text of an entry: itself, or the results of its function for all possible arguments. */
function texts(way: string, words = chinese): string[] {
  const entry = words.get(way) as string | ((...given: unknown[]) => unknown);
  // The values of a wording are not words of it.
  if (typeof entry === 'string') return [entry.replace(/\{\w+[=#,]?\}/g, '§')];
  const asked = calls(english.get(way) as (...given: unknown[]) => unknown);
  return asked
    .map((given) => called(entry, given))
    .filter(isText)
    .map(asText);
}

/** Texts with other arguments than words and numbers are tested separately. */
const ways = [...english.keys()].filter((way) => way !== 'symbols.named' && way !== 'inspector.aloud');

/** The errors in any text of any entry, with its path and the text. */
function faults(wrong: (text: string, way: string) => unknown): string {
  const found = ways.flatMap((way) => {
    const found = texts(way).find((text) => wrong(text, way));
    return found === undefined ? [] : [`${way}: ${found}`];
  });
  return found.join('\n');
}

const withoutArguments = (text: string): string => text.replace(/Q\dZ|\b[2-8]\d\b/g, '§');
const englishIn = (text: string) => /[A-Za-z]{2,}/.test(withoutArguments(text).replace(SAME, ''));

test('Chinese has the same entries as English, of the same kind', () => {
  const kinds = (words: typeof english) => [...words].map(([way, entry]) => `${way}: ${typeof entry}`).sort();
  expect(kinds(chinese)).toEqual(kinds(english));
});

test('every function among them is called', () => {
  expect(ways.filter((way) => texts(way).length === 0)).toEqual([]);
});

test('every function uses all arguments that the English one uses, with the same links', () => {
  const wrong = ways.flatMap((way) => {
    const [own, other] = [english.get(way), chinese.get(way)];
    if (typeof own !== 'function' || typeof other !== 'function') return [];
    return calls(own).flatMap((given) => {
      const [before, after] = [called(own, given), called(other, given)];
      // Where a text is expected, English also accepts a sentence.
      if (!isText(after)) return [];
      const [expected, found] = [before, after].map((told) => [...links(told), ...markers(asText(told))].join(' '));
      return expected === found ? [] : [`${way}(${JSON.stringify(given)}): ${asText(before)} | ${asText(after)}`];
    });
  });
  expect(wrong.join('\n')).toBe('');
});

test('no English is left', () => {
  expect(faults((text, way) => !KEYS.test(way) && !SIGNS.includes(way) && englishIn(text))).toBe('');
});

test('punctuation is Chinese', () => {
  const marks = /\p{Script=Han}\s?[,;:?!()]|[,;:?!()]\s?\p{Script=Han}|\p{Script=Han}\.(?!\w)/u;
  expect(
    faults((text) => marks.test(text)),
    'narrow marks beside Chinese',
  ).toBe('');
  expect(
    faults((text) => / [，。；：？！）”]|[，。；：？！（“] /u.test(text)),
    'spaces beside wide marks',
  ).toBe('');
});

test('Chinese and Latin letters have a space between them', () => {
  const touching = /\p{Script=Han}[A-Za-z]|[A-Za-z]\p{Script=Han}/u;
  expect(faults((text) => touching.test(withoutArguments(text)))).toBe('');
});

describe('symbols', () => {
  const named = {
    letter: 'w',
    hat: true,
    primes: 1,
    own: '2',
    squared: true,
    inner: 'gamma',
    indices: '3 4',
    layer: '5',
    updated: true,
    sample: 6,
  };

  test('are spoken completely', () => {
    expect(zh.symbols.named(named)).toBe('样本 6 中 第 5 层 更新后的 gamma 的 w 帽 撇 2 平方 3 4');
    const plain = { ...named, hat: false, primes: 0, own: '', squared: false, inner: '', updated: false };
    expect(zh.symbols.named({ ...plain, layer: null, sample: null })).toBe('w 3 4');
    expect(zh.symbols.gradient(zh.symbols.named({ ...plain, sample: null }))).toBe('第 5 层 w 3 4 的梯度');
  });
});

/** The page loads these words before it runs, so a separate chunk needed by them would never be loaded. */
test('the Chinese words import nothing but types and each other', () => {
  const folder = new URL('../../../static/src/texts/zh/', import.meta.url);
  const imports = readdirSync(folder).flatMap(
    (file) => readFileSync(new URL(file, folder), 'utf8').match(/^import [^;]+;/gm) ?? [],
  );
  expect(imports.length).toBeGreaterThan(5);
  expect(
    imports.filter(
      (one) => !/^import type |from '\.\/[\w-]+';$|\/narrate\/messages\/(?:training\.)?zh\.json';$/.test(one),
    ),
  ).toEqual([]);
});
