/** Why a link or a file cannot be opened, in the language of the page. Importing this waits until the words are loaded. */

import { texts } from '.';
import { faults as english } from './en/faults';
import type { FaultWords } from './shape';

// The language of the page; English if its words could not be loaded.
export const faults: FaultWords = texts.lang === 'en' ? english : (await import('./zh/faults')).faults;
