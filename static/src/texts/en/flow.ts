/** The words of the gradient-flow strip. */

import { type Part, type Sentence, say } from '../say';

export const flow = {
  toggle: 'Gradient flow',
  toggleTitle: 'How much of the gradient reaches each layer, and which units block it',
  label: 'Gradient flow',
  bars: 'Size of the gradient at each layer',
  hint: 'Left and right arrow keys go from layer to layer, Enter selects.',
  working: 'Computing …',
  notReached: 'The gradients are not computed yet.',
  goThere: 'Go to the end of the backward pass',

  key: {
    gradient: 'gradient that reaches the layer’s output',
    parameters: 'gradient of its parameters',
    title: 'Each is the root mean square over all units and the whole batch',
  },
  reading: (layer: string, type: string, gradient: Part): Sentence => say`${layer} (${type}): ${gradient}`,
  readingOwn: (layer: string, type: string, gradient: Part, own: Part): Sentence =>
    say`${layer} (${type}): ${gradient}; its parameters ${own}`,
  bar: (layer: string, type: string, gradient: string) => `${layer}, ${type}: gradient ${gradient}`,
  barOwn: (layer: string, type: string, gradient: string, own: string) =>
    `${layer}, ${type}: gradient ${gradient}, parameters ${own}`,
  barTitle: (layer: string) => `Select the gradient of ${layer}`,
  nan: 'NaN',
  deadTitle: (count: number, units: number) => `${count} of ${units} units dead`,
  saturatedTitle: (count: number, units: number) => `${count} of ${units} units saturated`,

  verdict: {
    single: ['With one layer there is nothing to compare.'] as Sentence,
    none: ['The gradient is 0 at the output already, so nothing changes.'] as Sentence,
    broken: ['Some gradients are not finite numbers, so they cannot be compared.'] as Sentence,
    even: ['The gradient is about as large at the first layer as at the output.'] as Sentence,
    stopped: (layer: string): Sentence => [`No gradient passes ${layer}: the layers before it do not learn.`],
    vanishes: (times: Part, far: Part): Sentence =>
      say`The gradient vanishes: it shrinks ${times} times (over ${far}) by the first layer.`,
    shrinks: (times: Part): Sentence => say`The gradient shrinks ${times} times from the output to the first layer.`,
    grows: (times: Part): Sentence => say`The gradient grows ${times} times from the output to the first layer.`,
    explodes: (times: Part, far: Part): Sentence =>
      say`The gradient explodes: it grows ${times} times (over ${far}) by the first layer.`,
  },

  and: { between: ', ', last: ' and ' },
  more: (count: number) => `${count} more`,
  healthy: 'No unit is dead or saturated.',
  dead: (named: Sentence, layer: string, count: number): Sentence =>
    count === 1
      ? say`${named} of ${layer} is dead: its slope is 0 in every sample, so no gradient passes back.`
      : say`${named} of ${layer} are dead: their slope is 0 in every sample, so no gradient passes back.`,
  saturated: (named: Sentence, layer: string, count: number): Sentence =>
    count === 1
      ? say`${named} of ${layer} is saturated: its slope is under 1 % of the steepest, so little gradient passes back.`
      : say`${named} of ${layer} are saturated: their slope is under 1 % of the steepest, so little gradient passes back.`,
};
