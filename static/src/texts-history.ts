/** The words of undo, redo, the history and the comparison; part of texts.ts. */

import { type Part, type Sentence, say } from './say';

export const history = {
  undo: (done: string | null) => (done === null ? 'Nothing to undo' : `Undo: ${done}`),
  redo: (done: string | null) => (done === null ? 'Nothing to redo' : `Redo: ${done}`),
  title: 'History',
  open: 'History: everything that was done, to go back to',
  list: 'What was done, the newest first',
  here: 'shown now',
  bound: (most: number) => `The last ${most} changes are kept.`,
  keys: 'Ctrl Z goes back, Ctrl Shift Z forth.',
  titles: {
    opened: (name: string) => (name ? `“${name}” opened` : 'a network opened'),
    changed: (what: Sentence, from: Part, to: Part): Sentence => say`${what} ${from} → ${to}`,
    unnamed: 'the network changed',
    rate: 'learning rate',
    loss: 'loss',
    optimizer: 'optimizer',
    setting: (of: string, name: string) => `${of}: ${name}`,
    layer: (name: string) => `layer ${name} changed`,
    parameter: (part: string, layer: string) => `all of ${part} of ${layer} set`,
    inputs: 'inputs set',
    targets: 'targets set',
    classOf: (row: number) => `class of sample ${row}`,
    none: 'none',
    many: 'several',
  },
};
