/**
 * All words of the page, in one place. Importing this waits until the language is loaded, so words may be used at the
 * top level of a module. English is part of the page; another language is loaded if it is chosen.
 */

import { en } from './en';
import { language } from './language';
import { say } from './say';
import type { Words } from './shape';

export const texts: Words = language === 'zh' ? await chinese() : en;

async function chinese(): Promise<Words> {
  try {
    return (await import('./zh')).zh(say);
  } catch {
    // A page in English is better than a page without words.
    return en;
  }
}
