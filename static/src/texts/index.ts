/** Every word on the page, in one place: whoever shows words takes them from here. */

import { en } from './en';

export const texts = en;
