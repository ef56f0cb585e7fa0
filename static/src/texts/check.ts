/** The words of the Check view, in the language of the page. Importing this waits until the words are loaded. */

import { texts } from '.';
import { check as english } from './en/check';
import { say } from './say';
import type { CheckWords } from './shape';

// The language of the page; English if its words could not be loaded.
export const check: CheckWords = texts.lang === 'en' ? english : (await import('./zh/check')).check(say);
