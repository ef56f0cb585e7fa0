/**
 * Every word on the page, in one place: whoever shows words takes them from here. Whatever imports this waits until the
 * language is there, so words may be bound where a module begins. English comes with the page; another language is loaded
 * where it was chosen.
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
    // Without its words a page in English is better than none.
    return en;
  }
}
