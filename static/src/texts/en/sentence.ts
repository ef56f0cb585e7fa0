/** The timeline's sentences: what is happening now. */

import { type Part, type Sentence, say } from '../say';
import { image } from './images';

export const sentence = {
  image,

  and: { between: ', ', last: ' and ' },
  more: (count: number) => `${count} more`,
  ready: (name: string): Sentence => [
    `${name ? `“${name}” is ready. ` : ''}Inputs, targets and weights are given; everything else is still to be computed.`,
  ],
  complete: (told: Sentence): Sentence => say`${told} One training step is complete.`,
  sum: (out: Part, terms: Sentence, value: Part) => say`${out} adds up what reaches it: ${terms} = ${value}.`,
  longSum: (out: Part, count: number, value: Part) =>
    say`${out} adds up ${String(count)} products and its bias: ${value}.`,
  activation: (title: string, before: Sentence, after: Sentence) => say`${title} turns ${before} into ${after}.`,
  compared: (output: Sentence, truth: Sentence) => say`${output} with ${truth}`,
  loss: (pairs: Sentence | null, value: Part) =>
    pairs
      ? say`The loss compares ${pairs}: ${{ symbol: 'ℓ', ref: 'loss' }} = ${value}.`
      : say`The loss compares all outputs with their targets: ${{ symbol: 'ℓ', ref: 'loss' }} = ${value}.`,
  lossGradient: (output: Part, value: Part) =>
    say`Backward starts at the loss: for each unit that ${output} grows, ${{ symbol: 'ℓ', ref: 'loss' }} changes by ${value}.`,
  lossGradients: (equations: Sentence) =>
    say`Backward starts at the loss, which hands each output its gradient: ${equations}.`,
  times: (input: Sentence, gradient: Sentence) => say`times ${input} it is ${gradient}`,
  parameterGradients: (unit: Part, arriving: Part, weights: Sentence, bias: Sentence) =>
    say`The gradient reaching ${unit} is ${arriving}; ${weights}. The bias takes it as it is: ${bias}.`,
  batchGradients: (unit: Part, count: number, equations: Sentence) =>
    say`The gradients reaching ${unit}, times what came in, added up over ${String(count)} samples: ${equations}.`,
  collected: (source: Part, terms: Sentence, equation: Sentence) =>
    say`Along every edge that leaves ${source} a gradient comes back: ${terms}, so ${equation}.`,
  longCollected: (source: Part, count: number, equation: Sentence) =>
    say`Along the ${String(count)} edges that leave ${source} gradients come back; together ${equation}.`,
  throughActivation: (title: string, after: Sentence, before: Sentence) =>
    say`Back through ${title}: ${after} becomes ${before}.`,
  change: (symbol: Part, from: Part, to: Part) => say`${symbol} goes from ${from} to ${to}`,
  update: (changes: Sentence, rate: number) =>
    say`Against the gradient, with learning rate ${{ value: rate, ref: null }}: ${changes}.`,
  gathered: (symbol: Part) => say`${symbol} is worked out, to normalize by.`,
  term: {
    place: (term: number, terms: number) => `Term ${term} of ${terms}`,
    sample: (sample: number, samples: number) => `Sample ${sample} of ${samples}`,
    counted: (at: string, subject: Part) => say`${at} for ${subject}.`,
    only: (subject: Part, product: Sentence) => say`${product}; that is ${subject}.`,
    first: (at: string, subject: Part, product: Sentence) => say`${at}: the sum for ${subject} begins with ${product}.`,
    next: (at: string, subject: Part, product: Sentence, sofar: Part) =>
      say`${at}: ${product} comes to the sum for ${subject}, which is ${sofar} so far.`,
    last: (at: string, subject: Part, product: Sentence, total: Part) =>
      say`${at}: ${product} completes the sum for ${subject}: ${total}.`,
  },
  layer: (name: string, title: string) => `${title} ${name}`,
  layerForward: (title: string, equations: Sentence) => say`${title} computes ${equations}.`,
  layerBackward: (title: string, equations: Sentence, parameters: boolean) =>
    parameters
      ? say`${title} turns the gradient that reached it into gradients of its weights, and passes on ${equations}.`
      : say`${title} passes the gradient back: ${equations}.`,
  forwardPass: (equations: Sentence) => say`Forward, from the inputs to the outputs: ${equations}.`,
  backwardPass: (equations: Sentence) => say`Backward, from the loss to every weight: ${equations}.`,
};
