/** What the help says, in the language of the page; whoever imports this waits until its words are there. */

import { texts } from '.';
import { help as english } from './en/help';
import type { HelpWords } from './shape';

// As the page is: where its own words could not be loaded it is in English.
export const help: HelpWords = texts.lang === 'en' ? english : (await import('./zh/help')).help;
