/** Which of the equations are shown: all of them, those of one law, those of one layer. */

import type { Equation, Kind } from './equations';

export const LAWS = ['all', 'forward', 'weights', 'inputs', 'update'] as const;
export type LawChoice = (typeof LAWS)[number];

const OF: Readonly<Record<Kind, Exclude<LawChoice, 'all'> | null>> = {
  forward: 'forward',
  activation: 'forward',
  probabilities: 'forward',
  loss: 'forward',
  weights: 'weights',
  biases: 'weights',
  lossGradient: 'inputs',
  inputs: 'inputs',
  back: 'inputs',
  update: 'update',
  mean: 'forward',
  variance: 'forward',
  normalized: 'forward',
  output: 'forward',
  gamma: 'weights',
  beta: 'weights',
  images: null,
};

export function chosen(equations: readonly Equation[], law: LawChoice, layer: string | null): Equation[] {
  return equations.filter((one) => {
    // That a layer has no matrices here is said with any law.
    const ofLaw = law === 'all' || OF[one.kind] === law || OF[one.kind] === null;
    return ofLaw && (layer === null || one.layer?.name === layer);
  });
}

/** The layers that can be chosen, in order. */
export function layersIn(equations: readonly Equation[]): string[] {
  return [...new Set(equations.flatMap(({ layer }) => (layer ? [layer.name] : [])))];
}
