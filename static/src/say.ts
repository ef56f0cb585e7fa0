/** What is done with sentences: several in a row, and one in words alone. */

import { spoken } from './maths/symbol';
import { plain } from './numbers/format';
import type { Sentence } from './texts/say';

export { type Part, type Sentence, say } from './texts/say';

/** What stands between several things in a row, and before the last of them. */
export interface Joints {
  between: string;
  last: string;
}

/** Several things in a row: "a, b and c". */
export function listed(items: Sentence[], { between, last }: Joints): Sentence {
  return items.flatMap((item, place) => {
    if (place === 0) return item;
    return [place === items.length - 1 ? last : between, ...item];
  });
}

export function inWords(sentence: Sentence): string {
  return sentence
    .map((part) => (typeof part === 'string' ? part : 'symbol' in part ? spoken(part.symbol) : plain(part.value)))
    .join('');
}
