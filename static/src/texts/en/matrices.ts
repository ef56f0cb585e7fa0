/** The words of the Matrices view; part of texts.ts. */

import type { LawChoice } from '../../matrices/choice';
import type { Cells } from '../../matrices/room';

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
      inputs: 'Law 2: the gradient that each layer hands back to the one before it',
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
  laws: { weights: 'Law 1', inputs: 'Law 2' },
  titles: {
    forward: (layer: string) => `${layer}: inputs times weights, plus biases`,
    unbiased: (layer: string) => `${layer}: inputs times weights`,
    activation: (layer: string) => `${layer}, entry by entry`,
    through: (layer: string) => `${layer}, row by row`,
    convolution: (layer: string) => `${layer}: what its windows see (im2col) times the filters`,
    probabilities: 'The scores as probabilities',
    loss: (loss: string) => `Outputs and targets: ${loss}`,
    lossGradient: 'The gradient of the loss, where the way back begins',
    weights: (layer: string) => `The gradients of the weights of ${layer}`,
    biases: (layer: string) => `The gradients of its biases: those of ${layer}’s outputs, added up over the samples`,
    everyPlace: (layer: string) =>
      `The gradients of its biases: those of ${layer}’s outputs, added up over the samples and all places`,
    inputs: (layer: string) => `What ${layer} hands back to its inputs`,
    back: (layer: string) => `Back through ${layer}`,
    pooled: {
      average: (layer: string) => `${layer}: what its windows see (im2col), in equal shares`,
      max: (layer: string) => `${layer}: of what each window sees (im2col), the largest`,
    },
    pooledBack: {
      average: (layer: string) => `Back through ${layer}: to each pixel its share, from every window that it lies in`,
      max: (layer: string) => `Back through ${layer}: each gradient goes to the number that was chosen`,
    },
    reshaped: (layer: string) => `${layer}: the same numbers, row by row, in one row`,
    reshapedBack: (layer: string) => `Back through ${layer}: each gradient to the place of its number`,
    mean: {
      batch: (layer: string) => `${layer}: the mean of each feature over the batch`,
      sample: (layer: string) => `${layer}: the mean of each sample`,
    },
    variance: {
      batch: (layer: string) => `${layer}: the variance of each feature over the batch`,
      sample: (layer: string) => `${layer}: the variance of each sample`,
    },
    normalized: (layer: string) => `${layer}: moved to mean 0 and variance 1`,
    output: (layer: string) => `${layer}: moved to the width γ and the mean β, which are learnt`,
    gamma: (layer: string) => `The gradient of γ of ${layer}`,
    beta: (layer: string) => `The gradient of β of ${layer}`,
    update: (parameter: string, layer: string, rule: string) => `${parameter} of ${layer} after the update: ${rule}`,
  },
  images: (layer: string) => `${layer} works on images; its maps are in the diagram.`,
  sampleOfImages:
    'Of images one sample is here, that of the diagram, and where a batch is normalized all of them; sums over n go over all.',
  /** Beneath the sum over what was chosen, and what is said of an entry of a window. */
  chosen: 'chosen',
  isChosen: (value: string) => `${value}, chosen`,
  isPassedOver: (value: string) => `${value}, not chosen`,
  share: 'share',
  shares: 'column of equal shares',
  openDiagram: 'Open it there',
  transposed: (name: string) => `${name}, transposed`,
  windows: (name: string) => `windows of ${name}`,
  turned: (name: string) => `${name}, a column for each channel`,
  label: (name: string, rows: number, columns: number) =>
    `${name}: ${rows} ${rows === 1 ? 'row' : 'rows'}, ${columns} ${columns === 1 ? 'column' : 'columns'}`,
  hint: 'Arrow keys go from number to number, Enter selects, Escape lets go.',
  cell: (name: string, value: string, row: number, column: number) => `${name}, ${value}, row ${row}, column ${column}`,
  place: (row: number, column: number) => `row ${row}, column ${column}`,
  size: (rows: number, columns: number) => `${rows} × ${columns}`,
  sample: (number: number) => `sample ${number}`,
  shownSample: (number: number) => `sample ${number}, which the diagram shows`,
  sampled: (count: number) =>
    `Of the ${count.toLocaleString('en')} samples one is here, that of the diagram; sums over n go over all of them.`,
  samples: 'Numbers beside rows, or above columns, count the samples; the marked one is that of the diagram.',
  point: 'Point at a cell to read its number.',
  none: 'Nothing of this network is a product of matrices under this choice.',
};
