/** The words of the diagram as tables. */

export const tables = {
  toggle: 'As a table',
  toggleTitle: 'The numbers of the diagram as tables, in the place of the picture',
  label: (name: string) => `Network as tables: ${name}`,
  hint: 'Up and down arrow keys go from number to number, Enter selects, Escape lets go.',
  captions: {
    inputs: 'Inputs',
    units: (layers: readonly string[]) => `Units of ${layers.join(', ')}`,
    weights: (layer: string) => `Weights and biases of ${layer}`,
    goal: 'Targets and loss',
  },
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
};
