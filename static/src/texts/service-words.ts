/**
 * What the service says is English: titles, laws, names of examples, and why it refuses something. Most of it is a fixed
 * set, which a page in another language has its own words for; the rest is shown as it is, and marked as English.
 */

import { texts } from './index';

/** The same in the page's language, where it has words for it. */
export function inPageWords(text: string): string {
  return Object.hasOwn(texts.service, text) ? (texts.service[text] as string) : text;
}

/** The language of what is shown, where it is not the page's. */
export function foreign(text: string): 'en' | undefined {
  return texts.lang === 'en' || inPageWords(text) !== text || /\p{Script=Han}/u.test(text) ? undefined : 'en';
}

export interface Run {
  text: string;
  lang: 'en' | undefined;
}

/** At least two English words in a row, and what belongs to them. */
const ENGLISH = /([A-Za-z(“'][^\p{Script=Han}，。：；]*[a-z]{2,} [a-z]{2,}[^\p{Script=Han}，。：；]*)/u;

/** A text of the page with what it quotes of the service apart. */
export function runs(text: string): Run[] {
  if (texts.lang === 'en') return [{ text, lang: undefined }];
  const parts = text.split(ENGLISH).map((part, place): Run => ({ text: part, lang: place % 2 ? 'en' : undefined }));
  return parts.filter((part) => part.text !== '');
}
