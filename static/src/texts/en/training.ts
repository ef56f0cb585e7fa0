/** The words of going from training step to training step. */

import { type Sentence, say } from '../say';

const counted = (count: number): string => count.toLocaleString('en');

export const training = {
  step: 'Training step',
  stepTitle: (least: number, most: number) =>
    `The training step shown: an update each, counted from 1. Type another number, ${counted(least)} to ${counted(most)}, to go there`,
  next: 'Next training step',
  nextTitle: (step: number) =>
    `On to training step ${counted(step)}, which begins with the updated weights (right arrow key or n)`,
  toStart: 'Back to the start of the training step (Home)',
  toFirst: (step: number) => `Back to training step ${counted(step)} (Home)`,
  running: 'A run is on. Cancel it first.',
  at: (step: number) => `training step ${counted(step)}`,
  notes: {
    stopped: (step: number, what: Sentence): Sentence =>
      say`It ends at training step ${counted(step)}: ${what} is no longer a finite number there. The step is shown, with the last weights that are finite; a smaller learning rate may help.`,
    differs: (step: number) =>
      `Training step ${counted(step)} has other numbers than when it was first computed: the server may be another version, or run on another processor.`,
    goOn: 'Go on with the new numbers',
    edited: (step: number) =>
      `The network was edited in training step ${counted(step)}: the steps before belong to other numbers. Undo leads back to them.`,
    link: (step: number) => `The link begins at training step ${counted(step)} and does not hold the steps before.`,
    unknown: (text: string, least: number, most: number) =>
      `“${text}” is not a training step that can be reached from here. Please give a whole number from ${counted(least)} to ${counted(most)}.`,
    refused: (why: string) => `The training step could not be taken. ${why}`,
    gone: (step: number) =>
      `The server stopped answering at training step ${counted(step)}. All up to there is kept, and a run goes on from there.`,
    close: 'Close this message',
  },
};
