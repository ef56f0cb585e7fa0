/** English quotations of the service on a page in another language, which are marked as English. */

import { texts } from './index';

/** The language of a shown text, if it is not the page's. */
export function foreign(text: string): 'en' | undefined {
  return texts.lang === 'en' || /\p{Script=Han}/u.test(text) ? undefined : 'en';
}

export interface Run {
  text: string;
  lang: 'en' | undefined;
}

/** At least two English words in a row, with the text attached to them. */
const ENGLISH = /([A-Za-z(“'][^\p{Script=Han}，。：；]*[a-z]{2,} [a-z]{2,}[^\p{Script=Han}，。：；]*)/u;

/** Splits a text of the page into its own words and English quotations of the service. */
export function runs(text: string): Run[] {
  if (texts.lang === 'en') return [{ text, lang: undefined }];
  const parts = text.split(ENGLISH).map((part, place): Run => ({ text: part, lang: place % 2 ? 'en' : undefined }));
  return parts.filter((part) => part.text !== '');
}
