/** Sentences with live numbers and symbols in them, kept as data so that they can be set, spoken and tested. */

import { spoken } from './maths/symbol';
import { plain } from './numbers/format';

export type Part = string | { symbol: string; ref: string | null } | { value: number; ref: string | null };
export type Sentence = Part[];

export function say(words: TemplateStringsArray, ...inserts: (Part | Sentence)[]): Sentence {
  return words.flatMap((text, place) => {
    const insert = inserts[place];
    return [text, ...(insert === undefined ? [] : Array.isArray(insert) ? insert : [insert])];
  });
}

/** Several things in a row: "a, b and c". */
export function listed(items: Sentence[], and: string): Sentence {
  return items.flatMap((item, place) => {
    if (place === 0) return item;
    return [place === items.length - 1 ? ` ${and} ` : ', ', ...item];
  });
}

export function inWords(sentence: Sentence): string {
  return sentence
    .map((part) => (typeof part === 'string' ? part : 'symbol' in part ? spoken(part.symbol) : plain(part.value)))
    .join('');
}
