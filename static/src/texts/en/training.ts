/** The words for moving between training steps. */

import { type Sentence, say } from '../say';

const counted = (count: number): string => count.toLocaleString('en');

export const training = {
  step: 'Training step',
  stepTitle: (least: number, most: number) =>
    `The training step shown, counted from 1; each makes one update. Type another number, ${counted(least)} to ${counted(most)}, to go there`,
  next: 'Next training step',
  nextTitle: (step: number) =>
    `Go to training step ${counted(step)}, which starts with the updated weights (right arrow key or n)`,
  toStart: 'Back to the start of the training step (Home)',
  toFirst: (step: number) => `Back to training step ${counted(step)} (Home)`,
  running: 'A run is in progress. Cancel it first.',
  run: {
    toggle: 'Run …',
    toggleTitle: 'Run many training steps, and see the loss of each (key r)',
    title: 'Runs of training steps',
    percent: (percent: number) => `${percent} %`,
    /** Around the number field. */
    before: 'Run',
    after: 'training steps',
    count: 'How many to run',
    countTitle: (most: number) => `How many training steps to run: 1 to ${counted(most)} (Enter starts)`,
    start: 'Start',
    startTitle: (step: number) => `Run them, starting at training step ${counted(step)}`,
    cancel: 'Cancel',
    cancelTitle: 'End the run here; all training steps up to here are kept (Esc)',
    wrong: (text: string, most: number) =>
      `“${text}” is not a number of training steps. Please give a whole number from 1 to ${counted(most)}.`,
    progress: (done: number, all: number) => `${counted(done)} of ${counted(all)} done`,
    loss: 'loss',
    known: (first: number, last: number) =>
      first === last
        ? `The loss of training step ${counted(first)} is known.`
        : `The losses of training steps ${counted(first)} to ${counted(last)} are known.`,
    least: 'The smallest is',
    goOn: (step: number) => `Go on to training step ${counted(step)}`,
    curve: 'Loss of each training step',
    table: 'As a table',
    scale: 'Scale of the loss',
    scales: { linear: 'linear', log: 'log' },
    scaleTitles: { linear: 'The loss on a linear scale', log: 'The loss on a logarithmic scale' },
    noLog: 'No logarithmic scale: a loss is negative, or all are 0',
    slider: 'Training step on the curve of losses',
    hint: 'Arrow keys move from training step to training step, with Shift by larger steps; Enter, a click or a tap opens it.',
    spoken: (step: number, loss: string) => `training step ${counted(step)}, loss ${loss}`,
    number: counted,
    open: (step: number) => `Open training step ${counted(step)}`,
    caption: (listed: number, all: number) =>
      listed < all ? `${counted(listed)} of ${counted(all)} training steps` : `All ${counted(all)} training steps`,
  },
  at: (step: number) => `training step ${counted(step)}`,
  notes: {
    stopped: (step: number, what: Sentence): Sentence =>
      say`It ends at training step ${counted(step)}: ${what} is no longer a finite number there. The step is shown, with the last weights that are finite; a smaller learning rate may help.`,
    differs: (step: number) =>
      `Training step ${counted(step)} has other numbers than when it was first computed: the server may be another version, or run on another processor.`,
    strays: (first: number, step: number) =>
      `From training step ${counted(first)} on, as stored in the link, the computation does not reproduce the link’s numbers of training step ${counted(step)}: the server may be another version, or run on another processor, or the link was changed. The numbers shown are the link’s; the steps before them cannot be shown.`,
    goOn: 'Go on with the new numbers',
    edited: (step: number) =>
      `The network was edited in training step ${counted(step)}: the steps before belong to other numbers. Undo leads back to them.`,
    link: (step: number) => `The link begins at training step ${counted(step)} and does not contain the steps before.`,
    unknown: (text: string, least: number, most: number) =>
      `“${text}” is not a training step that can be reached from here. Please give a whole number from ${counted(least)} to ${counted(most)}.`,
    refused: (why: string) => `The training step could not be taken. ${why}`,
    gone: (step: number) =>
      `The server stopped answering at training step ${counted(step)}. All up to there is kept, and a run goes on from there.`,
    running: 'A run is in progress. Cancel it, or wait until it is done.',
  },
};
