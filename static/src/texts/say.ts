/** Sentences with live numbers and symbols, as data, so that they can be displayed, spoken and tested. */

export type Part =
  | string
  | { symbol: string; ref: string | null }
  | { value: number; ref: string | null; rounded?: boolean };
export type Sentence = Part[];

export function say(words: TemplateStringsArray, ...inserts: (Part | Sentence)[]): Sentence {
  return words.flatMap((text, place) => {
    const insert = inserts[place];
    return [text, ...(insert === undefined ? [] : Array.isArray(insert) ? insert : [insert])];
  });
}
