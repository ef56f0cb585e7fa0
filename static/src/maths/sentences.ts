/** Sentences with symbols and numbers in them: built from the service's messages, joined to lists, read aloud. */

import type { Case, Message, MessageValue, Named } from '../api/types';
import { plain } from '../numbers/format';
import { texts } from '../texts';
import type { Part, Sentence } from '../texts/say';
import { spoken } from './symbol';

export { type Part, type Sentence, say } from '../texts/say';

/** The separators of a list, and the one before its last item. */
export interface Joints {
  between: string;
  last: string;
}

/** A list of several items: "a, b and c". */
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

/** A message of the service as a sentence: its wording, in the page's language, with live symbols and numbers in it. */

const wordings: Readonly<Record<string, string>> = texts.messages;
const joints = { between: wordings['list.between'] ?? ', ', last: wordings['list.last'] ?? ', ' };
const PLACEHOLDER = /(\{\w+[=#,]?\})/;

/** The condition of a case: a comparison, or words, in the page's language if they have a wording. */
export const conditionOf = ({ when, condition }: Case): string => (condition && wordings[condition]) || when;

export function sentenceOf(message: Message): Sentence {
  // A key without a wording is a fault of the service, and is shown rather than hidden.
  return (wordings[message.key] ?? message.key).split(PLACEHOLDER).flatMap((text, place, texts): Sentence => {
    if (!PLACEHOLDER.test(text)) return text ? [text] : [];
    return apart(texts[place - 1] ?? '', filled(message, text));
  });
}

/** A space separates Chinese and Latin letters; between Chinese characters there is none. */
function apart(before: string, sentence: Sentence): Sentence {
  const [first] = sentence;
  const meets = /\p{Script=Han}$/u.test(before) && typeof first === 'string' && /^[A-Za-z]/.test(first);
  return meets ? [' ', ...sentence] : sentence;
}

function filled({ refs, values }: Message, placeholder: string): Sentence {
  const [, name = '', how = ''] = /\{(\w+)([=#,]?)\}/.exec(placeholder) ?? [];
  const value = values[name];
  if (value !== undefined) return valued(value, how === ',');
  const named = refs[name];
  return named ? number(named, how) : [placeholder];
}

function number({ ref, symbol, value }: Named, how: string): Sentence {
  const figure: Part = { value, ref };
  if (how === '#') return [figure];
  return how ? [{ symbol, ref }, ' = ', figure] : [{ symbol, ref }];
}

function valued(value: MessageValue, together: boolean): Sentence {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [value.toLocaleString('en')];
  if (Array.isArray(value)) {
    return listed(value.map(sentenceOf), together ? { ...joints, last: joints.between } : joints);
  }
  if ('formula' in value) {
    return value.formula.map((part) => (typeof part === 'string' ? part : { ...part, ref: part.ref ?? null }));
  }
  return 'key' in value ? sentenceOf(value) : [{ value: value.value, ref: null }];
}
