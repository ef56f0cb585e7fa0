/** Is this number known yet at this cursor? The one question that everything on the screen asks before it shows a value. */

import type { LayerTrace, Stage, Trace } from '../api/types';
import { shapeOf } from '../lookup';
import { canonical, parseRef, type Ref } from '../refs';
import { unitAxis } from './computed';
import { type Piece, stageEnd } from './cursor';

export function layerOrder(stages: readonly Stage[]): string[] {
  return stages.filter((stage) => stage.computes === 'output').map((stage) => stage.layer);
}

/** `layers` tell the shapes of images; without them nothing is told of a pixel before all of its layer is there. */
export function reached(
  stages: readonly Stage[],
  cursor: number,
  ref: string,
  layers: readonly LayerTrace[] = [],
): boolean {
  const due = dueAt(stages, ref, layers);
  return due !== null && cursor >= due;
}

/**
 * Whether a step computes this number of the picture: one that becomes known within its pieces. The gradient of a constant
 * 1 becomes known with its layer's last, and that of a probability with its output's, but no step is about them.
 */
export function isComputed({ stages, layers }: Trace, pieces: readonly Piece[], ref: string): boolean {
  const { name, part, derivative } = parseRef(ref) ?? {};
  if (part === 'one' || (name === 'loss' && part && derivative)) return false;
  const due = dueAt(stages, ref, layers);
  if (due === null) return false;
  return pieces.some(({ stage, first, end }) => {
    const before = due - stage.start;
    return before > first * stage.terms && before <= end * stage.terms;
  });
}

/** Every number of a picture asks at every step, so each answer is worked out once for each list of stages. */
const answers = new WeakMap<readonly Stage[], Map<string, number | null>>();

/** The cursor position at which a ref is first known: 0 for what is given, `null` for what no stage computes. */
export function dueAt(stages: readonly Stage[], ref: string, layers: readonly LayerTrace[] = []): number | null {
  const known = answers.get(stages) ?? new Map<string, number | null>();
  answers.set(stages, known);
  let due = known.get(ref);
  if (due === undefined) {
    due = findDue(stages, ref, layers);
    known.set(ref, due);
  }
  return due;
}

function findDue(stages: readonly Stage[], ref: string, layers: readonly LayerTrace[]): number | null {
  const source = sourceOf(stages, ref);
  if (source === 'given') return 0;
  if (!source) return null;
  const node = source.node ?? imageNode(layers, source.stage, ref);
  return node === null ? stageEnd(source.stage) : source.stage.start + (node + 1) * source.stage.terms;
}

/** Which node of its stage a number of an image is: pixels row by row, and all weights of a filter together. */
function imageNode(layers: readonly LayerTrace[], { layer, computes, nodes }: Stage, ref: string): number | null {
  const parsed = parseRef(ref);
  if (!parsed || parsed.index.length < 3) return null;
  if (computes === 'parameter_gradients' || computes === 'next') {
    const own = layers.find(({ name }) => name === layer);
    if (own?.type === 'LayerNorm') return flatPlace(parsed.index, shapeOf(own.input).slice(1));
    if (own?.type !== 'Conv2D' && own?.type !== 'Deconv2D') return null;
    return parsed.index[unitAxis(own.type, parsed.index.length)] ?? null;
  }
  const own = layer === 'loss' ? layers.at(-1) : layers.find(({ name }) => name === layer);
  if (!own || !OF_PIXELS.has(computes)) return null;
  const shape = shapeOf(computes === 'input_gradient' ? own.input : own.output).slice(1);
  const flat = flatPlace(parsed.index.slice(1), shape);
  return flat < nodes ? flat : null;
}

const OF_PIXELS: ReadonlySet<Stage['computes']> = new Set([
  'output',
  'probabilities',
  'loss_gradient',
  'input_gradient',
]);

function flatPlace(index: readonly number[], shape: readonly number[]): number {
  return index.reduce((sum, one, axis) => sum * (shape[axis] ?? 1) + one, 0);
}

interface Source {
  stage: Stage;
  /** `null`: all of the stage is needed. */
  node: number | null;
}

/** Which stage computes this number, and at which of its nodes. */
export function sourceOf(stages: readonly Stage[], ref: string): Source | 'given' | null {
  const layers = layerOrder(stages);
  const parsed = parseRef(canonical(layers, ref));
  if (!parsed) return null;
  if (parsed.name === 'loss') return lossSource(stages, parsed);
  if (parsed.derivative === 'next') return at(stages, parsed.name, 'next', last(parsed));
  if (parsed.derivative === 'grad') return gradientSource(stages, layers, parsed);
  if (parsed.part === 'output') return at(stages, parsed.name, 'output', last(parsed));
  if (parsed.part === null || !MADE.has(parsed.part)) return 'given';
  const own = stages.find(({ layer, computes }) => layer === parsed.name && computes === parsed.part);
  return own ? { stage: own, node: null } : at(stages, parsed.name, 'output', null);
}

/** The loss, and the probabilities that it goes through; their gradients are there with those of the outputs. */
function lossSource(stages: readonly Stage[], { part, derivative, index }: Ref): Source | null {
  if (part === null) return at(stages, 'loss', 'loss', null);
  const node = index.length > 2 ? null : (index.at(-1) ?? null);
  return at(stages, 'loss', derivative === 'grad' ? 'loss_gradient' : 'probabilities', node);
}

function gradientSource(stages: readonly Stage[], layers: readonly string[], ref: Ref): Source | null {
  if (ref.name === 'x') return at(stages, layers[0], 'input_gradient', last(ref));
  if (ref.name === 'y') return null;
  // The constant of a bias node has no stage of its own: it is settled with the layer that it feeds.
  if (ref.part === 'one') return at(stages, ref.name, 'input_gradient', null);
  if (ref.part !== 'output') return at(stages, ref.name, 'parameter_gradients', last(ref));
  const after = layers[layers.indexOf(ref.name) + 1];
  return after ? at(stages, after, 'input_gradient', last(ref)) : at(stages, 'loss', 'loss_gradient', last(ref));
}

function at(
  stages: readonly Stage[],
  layer: string | undefined,
  computes: Stage['computes'],
  node: number | null,
): Source | null {
  const stage = stages.find((one) => one.layer === layer && one.computes === computes);
  return stage ? { stage, node } : null;
}

/** What a layer makes on the way forward, beside its output. */
const MADE = new Set(['mask', 'mean', 'variance', 'normalized']);

// The last index is the unit: the column of a parameter, the feature of an output. Of images it takes the shape to tell.
const last = (ref: Ref): number | null => (ref.index.length > 2 ? null : (ref.index.at(-1) ?? null));
