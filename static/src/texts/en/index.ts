/** Every word on the page in English: the other languages are of its shape. */

import { type Part, type Sentence, say } from '../../say';
import { build } from './build';
import { check, views } from './check';
import { compare, history } from './history';
import { inspector } from './inspector';
import { maps } from './maps';
import { share } from './share';

export const en = {
  product: 'Backprop Explorer',
  tagline: 'Every number of one training step, and where it came from',

  header: {
    example: 'Example',
    exampleTitle: 'Open another example; what you typed is replaced',
    edited: 'Your own numbers',
    theme: { system: 'Follow the system’s colours', light: 'Light colours', dark: 'Dark colours' },
    themeGroup: 'Colours',
    help: 'Keyboard and reading help',
  },

  views,
  check,
  history,
  compare,
  share,

  diagram: {
    title: 'Diagram',
    label: (name: string) => `Network diagram: ${name}`,
    hint: 'Up and down arrow keys go from part to part, Enter selects, Escape lets go.',
    fit: 'Fit the whole network into view',
    zoomIn: 'Look closer',
    zoomOut: 'Step back',
    sample: 'Sample',
    sampleTitle: 'Which row of the batch the diagram shows',
    sampleOf: (count: number) => `of ${count}`,
    truth: 'target',
    gradientMark: '∂ℓ',
    notReached: 'not computed yet',
    legend: {
      weight: 'weights',
      product: 'products w · x',
      gradient: 'gradients of the weights',
      next: 'updated weights',
      negative: 'negative',
      positive: 'positive',
    },
    modes: {
      edges: 'Lines show',
      edgesTitle: 'Which number the lines show, by their width, colour and dashes',
      auto: (quantity: string) => `${quantity}, as the step goes`,
      nodes: 'Nodes show',
      nodesTitle: 'Which numbers the nodes show',
      node: { both: 'value and gradient', value: 'value', gradient: 'gradient' },
    },
    gap: (count: number) => `${count} more units`,
    gapTitle: (first: number, last: number) => `Units ${first} to ${last} are left out; press to see some of them`,
    heat: (layer: string, rows: number, columns: number) =>
      `All weights of ${layer} as one picture: ${rows} rows, one for each input, by ${columns} columns, one for each unit`,
  },

  roles: {
    input: 'input',
    bias: 'bias',
    hidden: 'hidden',
    output: 'output',
    truth: 'target',
    loss: 'loss',
    weight: 'weight',
    biasWeight: 'bias',
    setting: 'setting',
    kept: 'kept by the layer',
    state: 'the optimizer’s memory',
  },

  names: {
    value: (text: string) => `value ${text}`,
    gradient: (text: string) => `gradient ${text}`,
    sofar: (text: string) => `${text} so far`,
    updated: (text: string) => `updated ${text}`,
    product: (text: string) => `product ${text}`,
    from: (source: string, target: string) => `from ${source} to ${target}`,
  },

  phases: { ready: 'ready', forward: 'forward', loss: 'loss', backward: 'backward', update: 'update' },

  timeline: {
    title: 'Timeline',
    start: 'Back to the start (Home)',
    back: 'One step back (left arrow key)',
    first: 'Take the first step',
    forward: 'Step forward',
    again: 'Start again',
    forwardTitle: 'One step forward (right arrow key)',
    againTitle: 'Back to the start, to go through the step once more',
    end: 'To the end of the training step (End)',
    play: 'Play, step after step (space)',
    pause: 'Pause (space)',
    speed: 'Speed',
    speedTitle: 'How fast Play goes',
    speeds: { slow: 'slow', normal: 'normal', fast: 'fast' },
    scrubber: 'Position in the training step',
    position: (done: number, all: number, phase: string) => `step ${done} of ${all}, ${phase}`,
    grain: 'Step by',
    grains: { pass: 'pass', layer: 'layer', node: 'node', term: 'term' },
    grainTitles: {
      pass: 'One step is a whole pass: forward, loss, backward, update (key 1)',
      layer: 'One step is one layer of a pass (key 2)',
      node: 'One step is one node (key 3)',
      term: 'One step is one term of a sum, such as one product (key 4)',
    },
  },

  sentence: {
    and: 'and',
    more: (count: number) => `${count} more`,
    ready: (name: string): Sentence => [
      `${name ? `“${name}” is ready. ` : ''}Inputs, targets and weights are given; everything else is still to be computed.`,
    ],
    complete: ['One training step is complete.'] as Sentence,
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
      first: (at: string, subject: Part, product: Sentence) =>
        say`${at}: the sum for ${subject} begins with ${product}.`,
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
  },

  inspector,

  maps,

  build,

  problems: {
    notANumber: (text: string) =>
      text.trim() === '' ? 'Please give a number.' : `“${text}” is not a number. Write it like 0.5, 0,5 or 1/3.`,
    unreachable: 'The server cannot be reached. Your changes are kept; they will be worked out when it answers again.',
    noServer: 'The server cannot be reached.',
    retry: 'Try again',
    keeping: 'The picture still shows the last numbers that worked.',
    unexpected: (status: number) => `The server answered with error ${status}.`,
    firstLoad: 'The example could not be opened.',
  },

  help: {
    title: 'Help',
    close: 'Close',
    keysTitle: 'Keys',
    keys: [
      ['←  →', 'one step back, one step forward'],
      ['Space', 'play, pause'],
      ['Home  End', 'to the start, to the end'],
      ['1  2  3  4', 'step by pass, layer, node, term'],
      ['Ctrl Z', 'undo the last change (Cmd Z on a Mac)'],
      ['Ctrl Shift Z', 'redo it (also Ctrl Y)'],
      ['p', 'pin this moment, show or hide what differs from it'],
      ['c', 'check the number shown numerically'],
      ['↑  ↓', 'in the diagram from part to part, in the check from row to row'],
      ['Enter  Esc', 'select, let go'],
      ['↑  ↓', 'in a number field: change it; Shift fine, Page coarse; dragging sideways does the same'],
      ['Alt ↑  ↓', 'the same in the sheet of samples, where arrow keys go from cell to cell'],
      ['?', 'this help'],
    ] as const,
    readingTitle: 'Reading the diagram',
    reading: [
      'In a circle stands its value, under it the gradient of the loss with respect to it.',
      'A line’s width and colour tell its number; negative numbers are drawn dashed.',
      'Numbers have six digits; rest the pointer on one to see all of it.',
    ],
  },

  layerTitle: (type: string): string => ({ ReLu: 'ReLU', Tanh: 'tanh' })[type] ?? type,
};
