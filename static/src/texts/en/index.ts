/** All words of the page in English; other languages have the same shape. */

import messages from '../../../../tinyml/narrate/messages/en.json';
import { build } from './build';
import { flow } from './flow';
import { compare, history } from './history';
import { inspector } from './inspector';
import { maps } from './maps';
import { matrices } from './matrices';
import { refusals } from './refusals';
import { share } from './share';
import { symbols } from './symbols';
import { tables } from './tables';
import { training } from './training';
import { verdicts } from './verdicts';
import { warnings } from './warnings';

export const en = {
  /** The wordings of the service's messages. */
  messages,

  /** The tag of the language. */
  lang: 'en',
  product: 'Backprop Explorer',
  tagline: 'Every number of one training step, and where it came from',

  header: {
    example: 'Example',
    exampleTitle: 'Open another example; what you typed is replaced',
    edited: 'Your own numbers',
    theme: { system: 'Follow the system’s colours', light: 'Light colours', dark: 'Dark colours' },
    themeGroup: 'Colours',
    language: 'Language',
    help: 'Keyboard and reading help',
    settings: 'Language, colours and help',
    folds: { build: 'Build panel (b)', inspector: 'Inspector (i)' },
    skip: 'Skip to the picture',
    saved: 'This page was saved with one training step of a network. It has every number of it and needs no server.',
    lecture: 'Lecture: large numbers, no panels, the whole screen (l)',
    leaveLecture: 'Leave the lecture (Esc or l)',
  },

  views: {
    label: 'Views',
    titles: { diagram: 'Diagram', matrices: 'Matrices', check: 'Check', train: 'Train' },
    hints: {
      diagram: 'The network as a picture, step by step',
      matrices: 'Every layer as a product of matrices, forward and backward, with its numbers',
      check: 'Every derivative checked numerically, by changing one number at a time',
      train: 'Many training steps, live: the loss, what the network computes, and any step to look into',
    },
    opening: 'Opening …',
    failed: 'This view could not be loaded: the server cannot be reached.',
  },
  verdicts,
  history,
  compare,
  share,

  diagram: {
    title: 'Diagram',
    label: (name: string) => `Network diagram: ${name}`,
    hint: 'Up and down arrow keys move from part to part; Enter selects, and again opens a field for a given number; Escape deselects, z zooms in and back. Tab moves on to the buttons that change a column.',
    fit: 'Fit the whole network into view',
    close: 'Zoom to what is selected',
    closeBack: 'Back to the previous view',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fewer: '… fewer numbers',
    fewerTitle: 'Not all numbers fit at this size. Press to zoom in; the inspector shows what you point at or select.',
    sample: 'Sample',
    sampleTitle: 'Which row of the batch the diagram shows',
    sampleOf: (count: number) => `of ${count.toLocaleString('en')}`,
    sampleNumber: (count: number) => `A number from 1 to ${count.toLocaleString('en')}; ↑ and ↓ go by one`,
    truth: 'target',
    gradientMark: '∂ℓ',
    functionTitle: (type: string, layer: string, stuck: string | null) =>
      `${type} (${layer}): the curve from z = −3 to 3, and on it the unit’s own z${stuck ? `. ${stuck}` : ''}`,
    plate: (type: string): string =>
      ({ Softmax: 'softmax', Dropout: 'dropout', BatchNorm: 'norm', LayerNorm: 'norm' })[type] ?? type,
    stuckWords: { dead: 'dead', saturated: 'saturated' },
    stuck: {
      dead: 'Dead: the slope is 0 in every sample, so no gradient passes back',
      saturated: 'Saturated: the slope is under 1 % of the steepest in every sample, so little gradient passes back',
    },
    anatomyPlain: 'gradient of the loss',
    anatomyTitle:
      'A unit: z is its sum, the small curve its activation function, the number in the circle its value. Above the circle is the gradient of the loss with respect to z, below it the gradient with respect to the value',
    edgeMarks: { weight: 'w', bias: 'b', product: 'xw', gradient: '∂ℓ', next: 'new' },
    batchMark: 'Σ𝑛',
    batch: (samples: number) => `: ${samples} samples`,
    batchTitle: 'Gradients of weights and biases are sums over all samples of the batch',
    termOf: (sample: number) => `This term is of sample ${sample}: show it`,
    notReached: 'not computed yet',
    legend: {
      weight: 'weights',
      product: 'products w · x',
      gradient: 'gradients',
      next: 'updated weights',
      negative: 'negative',
      positive: 'positive',
    },
    modes: {
      edges: 'Edge values',
      edgesTitle: 'Which number the lines show, by their width, colour and dashes',
      auto: (quantity: string) => `by step (${quantity})`,
      nodes: 'Node values',
      nodesTitle: 'Which numbers the nodes show',
      node: { both: 'value and gradient', value: 'value', gradient: 'gradient' },
    },
    /** The tools of a column of the picture. */
    tools: {
      title: (column: number) => (column === 0 ? 'The inputs' : `Column ${column} of units`),
      more: (layer: string) => `Add a unit to ${layer}`,
      fewer: (layer: string) => `Remove a unit from ${layer}`,
      remove: (layers: string) => `Remove ${layers}`,
      before: 'Add a layer before this column',
      after: 'Add a layer after this column',
      menu: 'Change this column',
    },
    gap: (count: number) => `${count} more units`,
    gapTitle: (first: number, last: number) => `Units ${first} to ${last} are hidden; press to show some of them`,
    heat: (layer: string, rows: number, columns: number) =>
      `All weights of ${layer} as one picture: ${rows} rows, one for each input, by ${columns} columns, one for each unit`,
  },

  roles: {
    input: 'input',
    bias: 'bias',
    hidden: 'hidden',
    output: 'output',
    probability: 'probability',
    truth: 'target',
    given: 'given gradient',
    loss: 'loss',
    weight: 'weight',
    parameter: 'parameter',
    biasWeight: 'bias',
    scale: 'scale',
    shift: 'shift',
    setting: 'setting',
    saved: 'layer state',
    state: 'optimizer state',
  },

  names: {
    value: (text: string) => `value ${text}`,
    gradient: (text: string) => `gradient ${text}`,
    of: (type: string, layer: string) => `${type} (${layer})`,
    sofar: (text: string) => `${text} so far`,
    updated: (text: string) => `updated ${text}`,
    product: (text: string) => `product ${text}`,
    from: (source: string, target: string) => `from ${source} to ${target}`,
    frozen: 'frozen: updates leave it as it is',
  },

  phases: { ready: 'ready', forward: 'forward', loss: 'loss', backward: 'backward', update: 'update' },

  training,

  timeline: {
    title: 'Timeline',
    ready: (name: string, targets: boolean) =>
      `${name ? `“${name}” is ready. ` : ''}Inputs${targets ? ', targets' : ''} and weights are given; everything else is still to be computed.`,
    unavailable: 'The server does not answer. The explanation of this step appears when it answers again.',
    /** Between two sentences. */
    between: ' ',
    back: 'One step back (left arrow key)',
    first: 'Take the first step',
    forward: 'Step forward',
    forwardTitle: 'One step forward (right arrow key)',
    keysTitle: 'The left and right arrow keys step back and forward',
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

  inspector,

  maps,

  matrices,

  build,

  flow,

  tables,

  refusals,

  problems: {
    rounding: '(rounding)',
    rounded: '0 up to rounding',
    notANumber: (text: string) =>
      text.trim() === '' ? 'Please give a number.' : `“${text}” is not a number. Write it like 0.5, 0,5 or 1/3.`,
    unreachable: 'The server cannot be reached. Your changes are kept and will be computed when it answers again.',
    busy: 'The server is busy and does not answer at the moment. Your changes are kept and will be computed when it answers again.',
    noServer: 'The server cannot be reached.',
    retry: 'Try again',
    nothingOpen: 'No network is open.',
    openFirst: (name: string) => `Open the example “${name}”`,
  },

  help: { title: 'Help', close: 'Close' },

  warnings,

  symbols,
  sideways: { left: 'More to the left', right: 'More to the right' },
  rounding: '(rounding)',
  rounded: '0 up to rounding',
  notANumber: 'not a number',

  layerTitle: (type: string): string => messages[`kind.${type}` as keyof typeof messages] ?? type,
};
