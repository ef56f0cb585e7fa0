/** Data of the service in the page's words. */

import type { Trace } from '../api/types';
import { inPageWords } from '../service-words';
import { catalog } from '../state/store';
import { texts } from '../texts';

const words = texts.build;

/** What was changed so that an edit fits. */
export function sayChange({ key, values }: Trace['fitted'][number]): string {
  const wording = key === 'weights' && values.drawn ? words.fitted.weights_drawn : words.fitted[key];
  return filledIn(wording, values);
}

/** A wording with its values in the places of {placeholders}; {placeholder?one|many} chooses a word by the number. */
export function filledIn(wording: string, values: Readonly<Record<string, unknown>>): string {
  const worded = wording.replace(/\{(\w+)\?([^|}]*)\|([^}]*)\}/g, (_, name: string, one: string, many: string) =>
    String(values[name]) === '1' ? one : many,
  );
  return worded.replace(/\{(\w+)\}/g, (_, name: string) => said(name, values[name]));
}

function said(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.join(' × ');
  if (typeof value === 'number') return value.toLocaleString(texts.lang);
  const word = String(value);
  if (name === 'field') return words.fields[word] ?? words.field(word);
  const kind = name === 'loss' && catalog.value?.losses.find(({ type }) => type === word);
  return kind ? inPageWords(kind.title) : word;
}
