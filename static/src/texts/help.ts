/** The texts of the help, in the language of the page. Importing this waits until the words are loaded. */

import { texts } from '.';
import { help as english } from './en/help';
import type { HelpWords } from './shape';

// The language of the page; English if its words could not be loaded.
export const help: HelpWords = texts.lang === 'en' ? english : (await import('./zh/help')).help;
