import { expect, test } from 'vitest';
import { texts } from '@/texts';
import { en } from '@/texts/en';
import { LANGUAGES, languageFor } from '@/texts/language';

test('without a visitor the page speaks English', () => {
  expect(texts).toBe(en);
});

test.each([
  [['zh-CN'], 'zh'],
  [['zh'], 'zh'],
  [['zh-Hant-TW', 'en'], 'zh'],
  [['ZH-hk'], 'zh'],
  [['en-GB', 'zh-CN'], 'en'],
  [['de-DE', 'zh-CN', 'en'], 'zh'],
  [['de-DE'], 'en'],
  [['zha'], 'en'],
  [[], 'en'],
])('for a browser with the languages %j the page is in %s', (read, language) => {
  expect(languageFor(read)).toBe(language);
});

/** Numbers follow the language of the page, which all use a point so far: one with a comma needs it in format.ts. */
test.each(LANGUAGES)('%s writes decimals with a point', (language) => {
  expect(new Intl.NumberFormat(language).format(0.5)).toBe('0.5');
});
