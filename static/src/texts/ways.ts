/** The words of the ways that a network leaves the page; whoever imports this waits until they are there. */

import { texts } from '.';
import { ways as english } from './en/ways';
import type { WayWords } from './shape';

// As the page is: where its own words could not be loaded it is in English.
export const ways: WayWords = texts.lang === 'en' ? english : (await import('./zh/ways')).ways;
