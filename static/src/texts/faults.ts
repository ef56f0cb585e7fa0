/** Why a link or a file cannot be opened, in the language of the page; whoever imports this waits until its words are there. */

import { texts } from '.';
import { faults as english } from './en/faults';
import type { FaultWords } from './shape';

// As the page is: where its own words could not be loaded it is in English.
export const faults: FaultWords = texts.lang === 'en' ? english : (await import('./zh/faults')).faults;
