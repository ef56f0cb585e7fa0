/** The words of the diagram as tables. */

export const tables = {
  toggle: 'As a table',
  toggleTitle: 'The numbers of the diagram as tables instead of the picture',
  label: (name: string) => `Network as tables: ${name}`,
  hint: 'Up and down arrow keys move from number to number, Enter selects, Escape deselects.',
  captions: {
    inputs: 'Inputs',
    units: (layers: readonly string[]) => `Units of ${layers.join(', ')}`,
    weights: (layer: string) => `Weights and biases of ${layer}`,
    onlyWeights: (layer: string) => `Weights of ${layer}`,
    probabilities: 'Probabilities',
    goal: 'Targets and loss',
    loss: 'Loss',
    /** A map, a filter or a table of parameters, and the kind of its numbers. */
    of: (what: string, numbers: string) => `${what}: ${numbers}`,
    biases: (layer: string) => `Biases of ${layer}`,
    parameters: (layer: string) => `Parameters of ${layer}`,
    parameter: (symbol: string, layer: string) => `${symbol} of ${layer}`,
  },
  numbers: { value: 'values', grad: 'gradients', next: 'updated' },
  row: (row: number) => `row ${row}`,
  column: (column: number) => `column ${column}`,
  heads: {
    unit: 'Unit',
    role: 'Role',
    value: 'Value',
    gradient: 'Gradient',
    pre: 'z',
    preGradient: 'Gradient of z',
    weight: 'Weight',
    from: 'From',
    to: 'To',
    product: 'Product',
    next: 'Updated',
    symbol: 'Symbol',
  },
  notYet: 'not yet',
  number: (name: string, value: string) => `${name}, ${value}`,
  select: 'Select it, to see its formula',
  moreUnits: (count: number) =>
    count === 1
      ? '1 more unit is not listed here; the Matrices view has them all.'
      : `${count} more units are not listed here; the Matrices view has them all.`,
  moreWeights: (count: number) =>
    count === 1
      ? '1 more weight is not listed here; the Matrices view has them all.'
      : `${count} more weights are not listed here; the Matrices view has them all.`,
  openMatrices: 'Open the Matrices view',
  moreMaps: (count: number) =>
    count === 1 ? '1 more channel is not listed here.' : `${count} more channels are not listed here.`,
  moreFilters: (count: number) =>
    count === 1 ? '1 more filter is not listed here.' : `${count} more filters are not listed here.`,
  showAll: 'Show all',
  showFirst: 'Show only the first',
  cutUnits: (count: number) =>
    count === 1
      ? '1 more unit is not listed here; the feature maps have them all.'
      : `${count} more units are not listed here; the feature maps have them all.`,
  cutMap: 'Of a large map not all rows and columns are listed here; the feature maps have them all.',
  openMaps: 'Back to the feature maps',
  leftOut: 'left out',
};
