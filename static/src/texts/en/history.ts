/** The words of undo, redo, the history and the comparison. */

import { type Part, type Sentence, say } from '../say';

const counted = (count: number): string => count.toLocaleString('en');

export const history = {
  undo: (done: string | null) => (done === null ? 'Nothing to undo' : `Undo: ${done}`),
  redo: (done: string | null) => (done === null ? 'Nothing to redo' : `Redo: ${done}`),
  undoKeys: 'Ctrl Z',
  redoKeys: 'Ctrl Shift Z',
  title: 'History',
  open: 'History: all changes; select one to return to it',
  list: 'Changes, newest first',
  here: 'shown now',
  bound: (most: number) => `The last ${most} changes are kept.`,
  keys: 'Ctrl Z undoes, Ctrl Shift Z redoes.',
  titles: {
    opened: (name: string) => (name ? `“${name}” opened` : 'a network opened'),
    changed: (what: Sentence, from: Part, to: Part): Sentence => say`${what} ${from} → ${to}`,
    unnamed: 'the network changed',
    trainingSteps: (from: number, to: number) =>
      from === to ? `training step ${counted(to)} computed again` : `training step ${counted(from)} → ${counted(to)}`,
    rate: 'learning rate',
    loss: 'loss',
    optimizer: 'optimizer',
    penalty: 'penalty',
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

export const compare = {
  pin: 'Pin a snapshot to compare with',
  pinTitle: 'Keep all numbers as they are now, and see what differs from them later (key p)',
  pinned: 'Pinned',
  pinnedTitle: 'A snapshot is pinned: show or hide what differs from it (key p)',
  pinnedTitleAt: (step: number) =>
    `A snapshot of training step ${counted(step)} is pinned: show or hide what differs from it (key p)`,
  title: 'Differences',
  steps: (pinned: number, now: number) => `training step ${counted(pinned)} ↔ training step ${counted(now)}`,
  pinnedAt: (step: number) => `Pinned, step ${counted(step)}`,
  nowAt: (step: number) => `Now, step ${counted(step)}`,
  again: 'Pin now',
  againTitle: 'Replace the pinned snapshot with the current numbers',
  unpin: 'Unpin',
  unpinTitle: 'Discard the pinned snapshot',
  close: 'Hide',
  closeTitle: 'Hide the differences; the snapshot stays pinned',
  caption: 'Numbers that differ from the pinned snapshot, the largest difference first',
  kinds: { legend: 'Which numbers', all: 'all', given: 'given', output: 'outputs', gradient: 'gradients' },
  columns: { number: 'Number', pinned: 'Pinned', now: 'Now', difference: 'Difference' },
  select: 'Select it, to see its formula',
  none: (compared: number, moment: Sentence): Sentence =>
    say`None of ${String(compared)} numbers differs from the snapshot after ${moment}.`,
  count: (differ: number, compared: number, moment: Sentence): Sentence =>
    differ === 1
      ? say`1 of ${String(compared)} numbers differs from the snapshot after ${moment}:`
      : say`${String(differ)} of ${String(compared)} numbers differ from the snapshot after ${moment}, the largest difference first:`,
  largest: (shown: number, differ: number, compared: number, moment: Sentence): Sentence =>
    say`${String(differ)} of ${String(compared)} numbers differ from the snapshot after ${moment}; the ${String(shown)} largest differences:`,
  alone: (before: number, now: number) => {
    if (before === 0 && now === 0) return '';
    if (now === 0) return `${before} more only in the snapshot.`;
    if (before === 0) return `${now} more only here.`;
    return `${before} more only in the snapshot, ${now} only here.`;
  },
};
