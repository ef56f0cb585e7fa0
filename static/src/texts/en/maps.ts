/** The words of the picture of a network on images. */

import { type Part, type Sentence, say } from '../say';

export const maps = {
  label: (name: string) => `Feature maps: ${name}`,
  input: 'input',
  probabilities: 'probabilities p',
  target: 'target',
  loss: 'loss',
  columnTitle: (name: string, type: string) => `${type} ${name}`,
  map: (column: string, channel: number, channels: number) =>
    channels > 1 ? `${column}, channel ${channel} of ${channels}` : column,
  filter: (layer: string, filter: number, channel: number) => `Filter ${filter} of ${layer}, channel ${channel}`,
  mapHint: 'Arrow keys go from number to number, Enter selects, Escape lets go.',
  cell: (spoken: string, ref: string, value: string) => `${spoken}, ${ref}, ${value}`,
  cellTitle: (ref: string, value: string) => `${ref} = ${value}`,
  range: (low: string, high: string) => `from ${low} to ${high}`,
  more: (count: number) => `${count} more`,
  moreTitle: (count: number, column: string) => `Show the ${count} others of ${column}`,
  fewer: 'fewer',
  fewerTitle: (column: string) => `Show only the first of ${column}`,
  face: {
    legend: 'Show',
    names: { step: 'by step', value: 'values', gradient: 'gradients' },
    titles: {
      step: 'Values on the way forward, gradients on the way back',
      value: 'What each layer computed',
      gradient: 'The gradient of the loss with respect to each number',
    },
  },
  scale: {
    legend: 'Scale',
    names: { layer: 'per layer', shared: 'shared' },
    titles: {
      layer: 'The colours of each layer go up to its own largest number',
      shared: 'One colour means the same number everywhere',
    },
  },
  zoomIn: 'Larger maps',
  zoomOut: 'Smaller maps',
  key: {
    both: 'negative (with a dash) to positive',
    one: 'one sign: stronger is farther from 0',
    none: 'not computed yet',
  },
  closeUp: {
    title: 'Looked at',
    choice: 'Show it as',
    names: { terms: 'terms', matrix: 'matrix product' },
    titles: {
      terms: 'The products that this number is the sum of, one after the other',
      matrix: 'The whole convolution as a product of two matrices (im2col)',
    },
    start: 'Point at a number of a map to see what it is made of.',
    notReached: (symbol: Part): Sentence => say`${symbol} is not computed yet.`,
    given: (symbol: Part, value: Part): Sentence => say`${symbol} = ${value} is given.`,
    single: (symbol: Part, value: Part): Sentence =>
      say`${symbol} = ${value}. It is not a sum; the inspector has its formula.`,
    window: 'window',
    kernel: 'filter',
    channel: (channel: number, channels: number) => `channel ${channel} of ${channels}`,
    channels: (count: number) => (count === 1 ? 'and 1 more channel' : `and ${count} more channels`),
    bias: 'bias',
    padding: 'padding: 0',
    head: { term: 'term', numbers: 'numbers', product: 'is', running: 'sum so far', largest: 'largest so far' },
    moreTerms: (count: number) => (count === 1 ? '1 more term' : `${count} more terms`),
    factor: 'The sum is a part of the formula; the inspector has all of it.',
  },
  matrix: {
    caption: 'patches × filters + bias = outputs',
    patches: (rows: number, columns: number) => `patches ${rows} × ${columns}`,
    filters: (rows: number, columns: number) => `filters ${rows} × ${columns}`,
    outputs: (rows: number, columns: number) => `outputs ${rows} × ${columns}`,
    why: (places: number, taps: number, filters: number) =>
      `Each of the ${places} places of the window is a row of what it sees, ${taps} ${taps === 1 ? 'number' : 'numbers'}; each ${filters === 1 ? 'filter' : `of the ${filters} filters`} is a column of weights. Row times column, plus the bias if there is one, is the output: so the whole convolution is one matrix product.`,
    onlyConvolution: 'Only the outputs of a convolution are shown as a product of patches and filters.',
  },
};
