import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

type Wordings = Readonly<Record<string, string>>;

/** A file of wordings: `zh.json`, or `laws.zh.json` for the wordings of one kind. */
const WORDINGS = /^((?:\w+\.)?)[a-z]{2}\.json$/;
const placeholders = (wording: string): string => [...wording.matchAll(/\{\w+[=#,]?\}/g)].map(String).sort().join(' ');

/** The wordings that another language lacks, a line for each key. */
export function untranslated(english: Wordings, other: Wordings): string[] {
  const lacking = Object.entries(english).flatMap(([key, wording]) => {
    const translated = other[key];
    if (!translated) return [`${key} has no wording`];
    return placeholders(translated) === placeholders(wording) ? [] : [`${key} names other values than in English`];
  });
  return [
    ...lacking,
    ...Object.keys(other).flatMap((key) => (key in english ? [] : [`${key} has no English wording`])),
  ];
}

/** Fails the build if a message of the engine has no wording in a language: the page would show its key. */
export function messages(folder: string): Plugin {
  return {
    name: 'messages',
    buildStart() {
      const read = (name: string): Wordings => JSON.parse(readFileSync(join(folder, name), 'utf8'));
      for (const name of readdirSync(folder)) {
        const [, kind] = WORDINGS.exec(name) ?? [];
        if (kind === undefined) continue;
        const lacking = untranslated(read(`${kind}en.json`), read(name));
        if (lacking.length) this.error(`tinyml/narrate/messages/${name}: ${lacking.join('; ')}.`);
      }
    },
  };
}
