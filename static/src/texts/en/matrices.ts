/** The words of the Matrices view; part of texts.ts. */

import type { EquationAnswer } from '../../api/types';
import type { Cells, LawChoice } from '../../model/choices';

/** The layer with its type, and its name alone; the title of the loss or of the optimizer; the parameter. */
type Title = (layer: string, name: string, rule: string, parameter: string) => string;
type Titles = Record<EquationAnswer['title'], Title>;

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
      update: 'What the optimizer makes of the parameters and their gradients',
    } satisfies Record<LawChoice, string>,
  },
  layer: 'of',
  layerTitle: 'Only the matrices of one layer',
  allLayers: 'all layers',
  cells: {
    legend: 'Large ones as',
    names: { colours: 'colours', numbers: 'numbers' } satisfies Record<Cells, string>,
    titles: {
      colours: 'A matrix that is too large to be set is a map of colours',
      numbers: 'Wider cells, with a number in each',
    } satisfies Record<Cells, string>,
  },
  passes: {
    forward: 'Forward, from the inputs to the outputs',
    loss: 'The loss',
    backward: 'Backward, from the loss to every weight',
    update: 'The update, from the gradients to the new weights',
  },
  laws: { 1: 'Law 1', 2: 'Law 2' },
  titles: {
    affine: (layer) => `${layer}: inputs times weights, plus biases`,
    linear: (layer) => `${layer}: inputs times weights`,
    convolution: (layer) => `${layer}: what its windows see (im2col) times the filters`,
    entrywise: (layer) => `${layer}, entry by entry`,
    together: (layer) => `${layer}, row by row`,
    windows: (layer) => `${layer}: of what each window sees (im2col)`,
    average: (layer) => `${layer}: of what each window sees (im2col), the mean`,
    largest: (layer) => `${layer}: of what each window sees (im2col), the largest`,
    reshaped: (layer) => `${layer}: the same numbers, row by row, in one row`,
    batch_mean: (layer) => `${layer}: the mean of each feature over the batch`,
    batch_variance: (layer) => `${layer}: the variance of each feature over the batch`,
    sample_mean: (layer) => `${layer}: the mean of each sample`,
    sample_variance: (layer) => `${layer}: the variance of each sample`,
    normalized: (layer) => `${layer}: moved to mean 0 and variance 1`,
    scaled: (layer) => `${layer}: moved to the width γ and the mean β, which are learnt`,
    probabilities: () => 'The scores as probabilities',
    loss: (_, __, loss) => `The loss: ${loss}`,
    loss_gradient: () => 'The gradient of the loss, where the way back begins',
    weights: (_, name) => `The gradients of the weights of ${name}`,
    biases: (_, name) => `The gradients of its biases: those of ${name}’s outputs, added up over the samples`,
    place_biases: (_, name) =>
      `The gradients of its biases: those of ${name}’s outputs, added up over the samples and all places`,
    inputs: (_, name) => `Input gradient of ${name}`,
    back: (layer) => `Back through ${layer}`,
    average_back: (layer) => `Back through ${layer}: each pixel gets its share from every window that contains it`,
    largest_back: (layer) => `Back through ${layer}: each gradient goes to the number that was chosen`,
    reshaped_back: (layer) => `Back through ${layer}: each gradient goes to the place of its number`,
    gamma: (_, name) => `The gradient of γ of ${name}`,
    beta: (_, name) => `The gradient of β of ${name}`,
    update: (_, name, optimizer, parameter) => `${parameter} of ${name} after the update: ${optimizer}`,
    velocity: (_, name, __, parameter) => `The velocity of ${parameter} of ${name}`,
    gradient_mean: (_, name, __, parameter) => `The running mean of the gradients of ${parameter} of ${name}`,
    gradient_square: (_, name, __, parameter) =>
      `The running mean of the squared gradients of ${parameter} of ${name}, entry by entry`,
    too_large: (layer) => `${layer} works on images; its maps are in the diagram.`,
  } satisfies Titles as Titles,
  working: 'Writing the equations …',
  sampleOfImages:
    'Of images one sample is here, that of the diagram, and where a batch is normalized all of them; sums over n go over all.',
  /** Below a sum over the chosen entries, and the readings of an entry of a window. */
  chosen: 'chosen',
  isChosen: (value: string) => `${value}, chosen`,
  isPassedOver: (value: string) => `${value}, not chosen`,
  openDiagram: 'Open it there',
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
    `Of the ${count.toLocaleString('en')} samples one is here, that of the diagram; sums over n go over all of them.`,
  samples: 'Numbers beside rows, or above columns, count the samples; the marked one is that of the diagram.',
  point: 'Point at a cell to read its number.',
  none: 'This network has no matrix product for this choice.',
};
