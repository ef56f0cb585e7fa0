/** The inspector's words. */

import type { Case, Explanation } from '../../api/types';

/** Reads out symbols, numbers and conditions. */
export interface Reader {
  symbol: (text: string) => string;
  number: (value: number) => string;
  condition: (of: Case) => string;
}

export const inspector = {
  title: 'Inspector',
  start: {
    promise:
      'Every number of a training step, as a formula with its numbers filled in, and every gradient checked numerically.',
    lines: [
      'Each circle is a number of the network, each line a weight. Step forward to see them computed one after the other.',
      'Select a circle or a line to see its formula, in symbols and with its numbers. Every number in a formula leads to its own formula.',
    ],
    images: [
      'Each square is a number of the network, each map the output of a filter; the small ones beside them are the filters. Step forward to see them computed one after the other.',
      'Point at a square to see what it is made of, and select it to see its formula. Every number in a formula leads to its own formula.',
    ],
    first: 'Show what is computed first',
    question: 'A question: why is this gradient 0?',
    check: 'Check all gradients numerically',
  },
  /** A formula as spoken text: in English the service provides it. */
  aloud: ({ text }: Explanation, _: Reader): string => text,
  current: 'This step',
  selected: 'Selected',
  release: 'Follow the steps',
  releaseTitle: 'Clear the selection and show the formula of each step (Escape)',
  back: 'Back',
  backTitle: 'Back to what was shown before',
  backTo: (spoken: string) => `Back to ${spoken}`,
  trail: 'Path to this number',
  notation: {
    legend: 'How formulas are written',
    names: { scalar: 'Scalar', chain: 'Chain rule', matrix: 'Matrix', paths: 'Paths', stable: 'Stable' },
    titles: {
      scalar: 'The explicit sum of products, over the batch too',
      chain: 'The gradient from the layers behind times the derivative of this step: upstream · local',
      matrix: 'The product of matrices, with the row and the column whose product is this number',
      paths: 'The sum over all paths from this number to the loss, the largest contribution first',
      stable: 'As it is computed: from the scores, so that no exponential or logarithm overflows',
    },
    none: 'This number has no such form',
  },
  factors: { upstream: 'upstream', local: 'local' },
  folded: {
    terms: (count: number) => (count === 1 ? '1 more term' : `${count} more terms`),
    total: 'total',
    title: 'Show more terms',
  },
  growing: {
    sofar: (done: number, terms: number) => `after ${done} of ${terms}`,
    spoken: (done: number, terms: number) => `A sum, term by term: ${done} of ${terms} added up.`,
    done: (count: number) => (count === 1 ? '1 term' : `${count} terms`),
    coming: (count: number) => `${count} more`,
  },
  matrix: {
    caption: 'The left matrix beside the product, the right one above it',
  },
  paths: {
    count: (count: number) => (count === 1 ? 'One path leads to the loss.' : `${count} paths lead to the loss.`),
    more: (count: number) => (count === 1 ? '1 more path' : `${count} more paths`),
  },
  latex: {
    copy: 'copy LaTeX',
    title: 'Copy this formula as LaTeX',
    copied: 'copied',
    failed: 'not copied: the browser does not allow it',
  },
  check: {
    button: 'check numerically',
    title: 'Estimate this derivative from two losses (c)',
    none: 'The check changes one given number, an input, a weight or a bias, in both directions and compares the losses. This number is computed from them and cannot be changed by itself; the gradients of the weights that lead into it can be checked.',
    early: 'It can be checked after the backward pass has computed it.',
    nothing: 'There is no derivative with respect to this number to check.',
    backward: 'Backward pass',
    /** After the value of the backward pass. */
    error: ', relative error of this quotient',
    epsilon: 'changed by',
    epsilonTitle: 'How far the number is changed in each direction',
  },
  waits: {
    ready: '',
    forward: 'The forward pass computes it.',
    loss: 'The loss, after the forward pass, computes it.',
    backward: 'The backward pass computes it.',
    update: 'The update computes it.',
  },
  headings: {
    pre: 'Before the activation',
    value: 'Value',
    gradient: 'Gradient',
    preGradient: 'Gradient before the activation',
    objectiveGradient: 'Gradient of the objective',
    next: 'After the update',
  },
  given: 'given',
  change: 'Edit value',
  from: 'from',
  explain: (spoken: string, value: string) => `Explain ${spoken}, ${value}`,
};
