/** The words of the Check view. */

import type { Filter } from '../../check/sort';
import { type Part, type Sentence, say } from '../say';

export const views = {
  label: 'Views',
  titles: { diagram: 'Diagram', matrices: 'Matrices', check: 'Check' },
  hints: {
    diagram: 'The network as a picture, step by step',
    matrices: 'Every layer as a product of matrices, forward and backward, with its numbers',
    check: 'Every derivative a second time, by moving one number at a time',
  },
  opening: 'Opening …',
  failed: 'This view could not be loaded: the server cannot be reached.',
};

export const check = {
  title: 'Gradient check',
  working: 'Working it out …',
  agree: (count: number, error: Part, at: Part): Sentence =>
    say`${count === 1 ? 'The one derivative agrees' : `All ${count} derivatives agree`} with what moving the number itself gives. The largest relative error is ${error}, at ${at}.`,
  differ: (failed: number, count: number, error: Part, at: Part): Sentence =>
    say`${String(failed)} of ${String(count)} derivatives ${failed === 1 ? 'differs' : 'differ'} from what moving the number itself gives. The largest relative error is ${error}, at ${at}.`,
  unlucky:
    'A step that is too large or too small makes them differ too: the curve tells, where it dips below the tolerance.',
  none: 'Nothing in this network can be moved.',

  epsilon: {
    before: 'Step',
    label: 'Step epsilon',
    title: 'How far each number is moved to either side',
    presets: 'Usual steps',
    usual: 'usual',
    usualTitle: 'Truncation and rounding are both small at this step',
    chapter: 'the chapter’s',
    chapterTitle: 'The step that the chapter’s own table was made with',
    wrong: {
      number: (text: string) =>
        text.trim() === '' ? 'Please give a number.' : `“${text}” is not a number. Write it like 0.01, 1e-5 or 10^-5.`,
      positive: () => 'The step must be greater than 0: the number has to move.',
      small: () => 'The step must be at least 1e-12: below, rounding swallows the difference of the losses.',
      large: () => 'The step must be at most 1: beyond, it tells nothing about the slope here.',
    },
    keeping: (value: Part): Sentence => say`The table is still that of ${value}.`,
  },
  keeping: 'The table still shows the last numbers that worked.',

  columns: {
    ref: 'Derivative',
    analytic: 'Analytic',
    left: 'Left loss',
    right: 'Right loss',
    numeric: 'Numeric',
    complex_step: 'Complex step',
    relative_error: 'Relative error',
    ok: 'Verdict',
  },
  columnTitles: {
    ref: 'Sort as in the network',
    analytic: 'By the backward pass. Sort by it',
    left: 'The loss with the number one step smaller. Sort by it',
    right: 'The loss with the number one step larger. Sort by it',
    numeric: 'Right loss minus left loss, divided by twice the step. Sort by it',
    complex_step: 'The derivative by an imaginary step, which subtracts nothing. Sort by it',
    relative_error: 'The difference of analytic and numeric, relative to the larger. Sort by it',
    ok: 'Sort by whether they agree',
  },
  table: 'Every derivative both ways',
  tableHint: 'Up and down arrow keys go from row to row, Enter selects.',
  agrees: 'agrees',
  differs: 'differs',
  show: 'Show',
  filters: {
    all: (count: number) => `all ${count}`,
    worst: (count: number) => `the worst ${count}`,
    failed: (count: number) => `failed (${count})`,
  } satisfies Record<Filter, (count: number) => string>,
  layer: 'of',
  layerTitle: 'Only the derivatives of one layer, or of the inputs',
  allLayers: 'all layers',
  inputs: 'the inputs x',
  empty: { all: 'There is nothing to check.', worst: 'There is nothing to check.', failed: 'None has failed.' },
  rowTitle: 'Show how its error depends on the step',

  map: {
    title: 'Relative error over the network',
    label: (drawn: number, failed: number) =>
      `The network with ${drawn} lines, shaded by relative error; ${failed === 0 ? 'none failed' : `${failed} failed`}. Every number of it stands in the table.`,
    failed: 'failed',
    tooLarge: 'This network has too many connections to draw each as a line. The table has them all.',
  },

  curve: {
    title: (at: Part): Sentence => say`How the error of ${at} depends on the step`,
    worst: ', the largest error',
    formula: 'Its formula',
    formulaTitle: 'Show this number in the diagram, with the formula that gives it',
    label: 'Relative error against the step epsilon, both on logarithmic axes',
    hint: 'Left and right arrow keys go from point to point, Enter checks everything with that step.',
    x: 'step',
    y: 'relative error',
    truncation: 'truncation',
    rounding: 'rounding',
    tolerance: 'tolerance',
    point: (epsilon: string, error: string) => `step ${epsilon}: relative error ${error}. Check everything with it`,
    reading: { left: 'left', right: 'right', numeric: 'numeric', error: 'error' },
    noTruncation: 'No truncation arm: in this number the loss is a parabola, whose slope two sides give exactly.',
    witness: (value: Part, error: Part): Sentence =>
      say`A third witness, the complex step, subtracts nothing: ${value}, relative error ${error}.`,
    witnessExact: (value: Part): Sentence =>
      say`A third witness, the complex step, subtracts nothing: ${value}, the same to the last digit.`,
  },
};
