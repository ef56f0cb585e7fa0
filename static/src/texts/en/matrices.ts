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
    update: (parameter: string, layer: string, rule: string) => `${parameter} of ${layer} after the update: ${rule}`,
  },
  images: (layer: string) => `${layer} works on images; its maps are in the diagram.`,
  sampleOfImages: 'Of images one sample is here, that of the diagram; sums over n go over all of them.',
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
