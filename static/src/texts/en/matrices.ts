/** The words of the Matrices view; part of texts.ts. */

import type { Cells, LawChoice } from '../../model/choices';

export const matrices = {
  title: 'Matrices',
  law: {
    legend: 'Show',
    names: { all: 'all', forward: 'forward', weights: 'weights', inputs: 'inputs', update: 'update' } satisfies Record<
      LawChoice,
      string
    >,
    titles: {
      all: 'The whole training step, in its order',
      forward: 'Inputs times weights, layer after layer, up to the loss',
      weights: 'Law 1: the gradients of the weights, and those of the biases',
      inputs: 'Law 2: the gradient that each layer passes back to the one before it',
      update: 'The new parameters, computed by the optimizer from the parameters and their gradients',
    } satisfies Record<LawChoice, string>,
  },
  layer: 'of',
  layerTitle: 'Only the matrices of one layer',
  allLayers: 'all layers',
  cells: {
    legend: 'Large ones as',
    names: { colours: 'colours', numbers: 'numbers' } satisfies Record<Cells, string>,
    titles: {
      colours: 'A large matrix is shown as a heat map',
      numbers: 'Wider cells, with a number in each',
    } satisfies Record<Cells, string>,
  },
  passes: {
    forward: 'Forward, from the inputs to the outputs',
    loss: 'The loss',
    backward: 'Backward, from the loss to every weight',
    update: 'The update, from the gradients to the new weights',
  },
  working: 'Writing the equations …',
  sampleOfImages:
    'Of images only the sample in the diagram is shown, and all samples where a batch is normalized; sums over n are over all samples.',
  /** Below a sum over the chosen entries, and the readings of an entry of a window. */
  chosen: 'chosen',
  isChosen: (value: string) => `${value}, chosen`,
  isPassedOver: (value: string) => `${value}, not chosen`,
  openDiagram: 'Open it in the diagram',
  transposed: (name: string) => `${name}, transposed`,
  windows: (name: string) => `windows of ${name}`,
  turned: (name: string) => `${name}, a column for each channel`,
  label: (name: string, rows: number, columns: number) =>
    `${name}: ${rows} ${rows === 1 ? 'row' : 'rows'}, ${columns} ${columns === 1 ? 'column' : 'columns'}`,
  hint: 'Arrow keys move from number to number, Enter selects, Escape deselects.',
  cell: (name: string, value: string, row: number, column: number) => `${name}, ${value}, row ${row}, column ${column}`,
  place: (row: number, column: number) => `row ${row}, column ${column}`,
  size: (rows: number, columns: number) => `${rows} × ${columns}`,
  sample: (number: number) => `sample ${number}`,
  shownSample: (number: number) => `sample ${number}, which the diagram shows`,
  sampled: (count: number) =>
    `Of the ${count.toLocaleString('en')} samples only the one in the diagram is shown; sums over n are over all of them.`,
  samples: 'Numbers beside rows, or above columns, count the samples; the marked one is shown in the diagram.',
  point: 'Point at a cell to read its number.',
  none: 'This network has no matrix product for this choice.',
};
