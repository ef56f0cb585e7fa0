import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { say } from '@/maths/sentences';
import { zh as chineseWords } from '@/texts/zh';

const zh = chineseWords(say);

/** The texts of the service, recorded by record.py. */
const words: Record<'settings' | 'examples' | 'conditions', string[]> = JSON.parse(
  readFileSync(new URL('../recorded/words.json', import.meta.url), 'utf8'),
);

const FUNCTIONS = /\b(log|exp|softmax|tanh|erf|max|sign|w_new|v_new|m_new|s_new|t_new|Xw)\b/g;
/** A formula is the same in every language. */
const hasWords = (text: string): boolean => /[A-Za-z]{2,}/.test(text.replace(FUNCTIONS, ''));
const unknown = (texts: readonly string[]): string[] =>
  texts.filter((text) => hasWords(text) && !Object.hasOwn(zh.service, text));

describe('Chinese knows', () => {
  test('every name of an example', () => expect(unknown(words.examples)).toEqual([]));
  test('every condition', () => expect(unknown(words.conditions)).toEqual([]));

  test('every setting of the forms', () => {
    // These have a separate text, or are not settings.
    const others = /^(name|state|initialiser|passes|w|b|gamma|beta|running_mean|running_variance)$/;
    expect(words.settings.filter((name) => !others.test(name) && !Object.hasOwn(zh.build.fields, name))).toEqual([]);
  });
});

test('the service uses every translated text, so that no outdated one is kept', () => {
  const said = new Set([...words.examples, ...words.conditions]);
  expect(Object.keys(zh.service).filter((text) => !said.has(text))).toEqual([]);
});

test('the formulas in it are the same', () => {
  const signs = (text: string): string[] => text.match(/[Σ∇∂ℓŷσμγβηλ√½]/g) ?? [];
  const other = Object.entries(zh.service).filter(([english, chinese]) => {
    return signs(english).sort().join('') !== signs(chinese).sort().join('');
  });
  expect(other).toEqual([]);
});
