/** The words of the Train view, in the language of the page. Importing this waits until the words are loaded. */

import { texts } from '.';
import { train as english } from './en/train';
import type { TrainWords } from './shape';

// The language of the page; English if its words could not be loaded.
export const train: TrainWords = texts.lang === 'en' ? english : (await import('./zh/train')).train;
