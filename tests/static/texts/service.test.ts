import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { say } from '@/maths/sentences';
import { texts } from '@/texts';
import { zh as chineseWords } from '@/texts/zh';

const zh = chineseWords(say);

/** The texts of the service, recorded by record.py: a condition has the key of its wordings if it is in words. */
const words: { settings: string[]; conditions: [string | null, string][] } = JSON.parse(
  readFileSync(new URL('../recorded/words.json', import.meta.url), 'utf8'),
);

const wordings = (messages: object): Map<string, string> =>
  new Map(Object.entries(messages).filter(([key]) => key.startsWith('condition.')));

test('every condition of a formula that is in words has a key, with the wording that the service says in English', () => {
  const worded = words.conditions.filter(([key]) => key !== null);
  expect(worded.length).toBeGreaterThan(3);
  expect(wordings(texts.messages)).toEqual(new Map(worded.map(([key, english]) => [`condition.${key}`, english])));
  for (const [key, comparison] of words.conditions) if (key === null) expect(comparison).toMatch(/[<>=≤≥]/);
});

test('the Chinese wordings of conditions are Chinese', () => {
  const chinese = wordings(zh.messages);
  expect([...chinese.keys()]).toEqual([...wordings(texts.messages).keys()]);
  for (const wording of chinese.values()) expect(wording).toMatch(/^\p{Script=Han}+$/u);
});

test('Chinese knows every setting of the forms', () => {
  // These have a separate text, or are not settings.
  const others = /^(name|state|initialiser|passes|w|b|gamma|beta|running_mean|running_variance)$/;
  expect(words.settings.filter((name) => !others.test(name) && !Object.hasOwn(zh.build.fields, name))).toEqual([]);
});
