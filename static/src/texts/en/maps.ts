/** The words of the picture of a network on images or sequences. */

export const maps = {
  label: (name: string) => `Feature maps: ${name}`,
  input: 'input',
  probabilities: 'probabilities p',
  target: 'target',
  loss: 'loss',
  columnTitle: (name: string, type: string) => `${type} ${name}`,
  map: (column: string, channel: number, channels: number) =>
    channels > 1 ? `${column}, channel ${channel} of ${channels}` : column,
  /** Without a channel the text means the whole filter. */
  filter: (layer: string, filter: number, channel: number | null) =>
    channel === null ? `Filter ${filter} of ${layer}` : `Filter ${filter} of ${layer}, channel ${channel}`,
  mapHint: 'Arrow keys move from number to number, Enter selects, Escape deselects.',
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
      layer: 'The colours of each layer are scaled to its largest number',
      shared: 'A colour means the same number in all layers',
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
    title: 'Close-up',
    choice: 'Show it as',
    names: { terms: 'terms', matrix: 'matrix product' },
    titles: {
      terms: 'The terms of this number, one after the other',
      matrix: 'The whole convolution as a product of two matrices (im2col)',
    },
    start: 'is computed first; point at any other',
    notReached: 'is not computed yet',
    given: 'is given',
    window: 'window',
    kernel: 'filter',
    values: 'the values there',
    around: 'the numbers around it',
    channel: (channel: number, channels: number) => `channel ${channel} of ${channels}`,
    channels: (count: number) => (count === 1 ? 'and 1 more channel' : `and ${count} more channels`),
    bias: 'bias',
    padding: 'padding: 0',
    head: { term: 'term', numbers: 'numbers', product: 'is', running: 'sum so far', largest: 'largest so far' },
    moreTerms: (count: number) => (count === 1 ? '1 more term' : `${count} more terms`),
    factor: 'The sum is a part of the formula; the inspector shows the whole formula.',
  },
  matrix: {
    caption: 'patches × filters + bias = outputs',
    patches: (rows: number, columns: number) => `patches ${rows} × ${columns}`,
    filters: (rows: number, columns: number) => `filters ${rows} × ${columns}`,
    outputs: (rows: number, columns: number) => `outputs ${rows} × ${columns}`,
    why: (places: number, taps: number, filters: number) =>
      `Each of the ${places} positions of the window is a row of the numbers in it, ${taps} ${taps === 1 ? 'number' : 'numbers'}; each ${filters === 1 ? 'filter' : `of the ${filters} filters`} is a column of weights. Row times column, plus the bias if there is one, is the output: so the whole convolution is one matrix product.`,
    onlyConvolution: 'Only the outputs of a convolution are shown as a product of patches and filters.',
  },
};
