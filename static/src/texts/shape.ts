/** The shape of the page's words: that of the English words, with any text in their places. */

import type { en } from './en';
import type { check } from './en/check';
import type { faults } from './en/faults';
import type { help } from './en/help';
import type { reference } from './en/reference';
import type { table } from './en/table';
import type { train } from './en/train';
import type { ways } from './en/ways';
import type { say } from './say';

/** The same keys at every depth, and functions of the same arguments; a text may be any other text. */
export type Alike<T> = T extends string
  ? string
  : T extends (...given: infer Given) => infer Result
    ? (...given: Given) => Alike<Result>
    : { [Key in keyof T]: Alike<T[Key]> };

export type Words = Alike<typeof en>;
export type CheckWords = Alike<typeof check>;
export type FaultWords = Alike<typeof faults>;
export type TableWords = Alike<typeof table>;
export type TrainWords = Alike<typeof train>;
export type WayWords = Alike<typeof ways>;
export type ReferenceWords = Alike<typeof reference>;
export type HelpWords = Alike<typeof help>;

export type { Part, Sentence } from './say';
export type Say = typeof say;
