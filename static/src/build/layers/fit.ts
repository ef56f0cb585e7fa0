/**
 * What a change leaves of the weights: a layer whose parameters have another shape now is drawn anew from the seed, all
 * others keep their numbers. What the optimizer remembers of a parameter goes with it.
 */

import type { NetworkDocument } from '../../api/types';
import { shapeOf } from '../../lookup';
import { inputShapes, parameterShapes, type Settings, type Shape } from './shapes';

/** Everything in a layer that is drawn or gathered rather than chosen. */
export const NUMBERS: readonly string[] = ['w', 'b', 'gamma', 'beta', 'running_mean', 'running_variance'];

export function fitted(document: NetworkDocument): NetworkDocument {
  const shapes = inputShapes(document);
  const layers = document.layers.map((one, place) => {
    const layer = one as Settings;
    const input = shapes[place];
    return input && !fits(layer, parameterShapes(layer, input)) ? unnumbered(layer) : layer;
  }) as NetworkDocument['layers'];
  return remembering({ ...document, layers });
}

/** The layer as if it were new: the service draws what is left out. */
export function unnumbered(layer: Settings): Settings {
  return Object.fromEntries(Object.entries(layer).filter(([name]) => !NUMBERS.includes(name))) as Settings;
}

/** Only what is remembered of parameters that are still there, in their shape. */
export function remembering(document: NetworkDocument): NetworkDocument {
  const { optimizer } = document;
  const { state } = optimizer;
  if (!state) return document;
  const kept = Object.entries(state).filter(([name]) => parameterIn(document, name) !== undefined);
  if (kept.length === Object.keys(state).length) return document;
  const { state: _, ...settings } = optimizer;
  const left = kept.length ? { ...settings, state: Object.fromEntries(kept) } : settings;
  return { ...document, optimizer: left as NetworkDocument['optimizer'] };
}

function fits(layer: Settings, wanted: Record<string, Shape>): boolean {
  return NUMBERS.every((name) => {
    const given = layer[name];
    if (given === undefined || given === null) return true;
    const shape = wanted[name];
    // A kind of layer that the page does not know keeps its numbers until the service says otherwise.
    return shape === undefined || String(shapeOf(given)) === String(shape);
  });
}

function parameterIn({ layers }: NetworkDocument, name: string): unknown {
  const [layer, parameter = ''] = name.split('.');
  const found = layers.find((one) => one.name === layer) as Settings | undefined;
  return found?.[parameter] ?? undefined;
}
