/** The words of the share menu, in the language of the page. Importing this waits until the words are loaded. */

import { texts } from '.';
import { ways as english } from './en/ways';
import type { WayWords } from './shape';

// The language of the page; English if its words could not be loaded.
export const ways: WayWords = texts.lang === 'en' ? english : (await import('./zh/ways')).ways;
