/** The words of the API's reference, in the language of the page; both languages, since they are few. */

import { reference as english } from './en/reference';
import { language } from './language';
import type { ReferenceWords } from './shape';
import { reference as chinese } from './zh/reference';

export const reference: ReferenceWords = language === 'zh' ? chinese : english;
