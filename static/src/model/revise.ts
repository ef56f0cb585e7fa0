/** The changes of layers: each is (document, change) → document. The service adapts the rest of the document. */

import type { Catalog, NetworkDocument } from '../api/types';
import { numbersOf, type Settings } from './layer-settings';

export type Change =
  | { kind: 'add'; at: number; layer: Settings }
  /** One layer, or `count` from there on. */
  | { kind: 'remove'; at: number; count?: number }
  /** `to` is its place afterwards. */
  | { kind: 'move'; from: number; to: number }
  | { kind: 'set'; at: number; field: string; value: unknown }
  /** Freezes a parameter, which updates then do not change, or unfreezes it. */
  | { kind: 'freeze'; at: number; part: string; frozen: boolean }
  /** Replaces a layer by one of another kind. */
  | { kind: 'become'; at: number; layer: Settings }
  /** Draws weights from the current seed or another: of one layer or, without a place, of all. */
  | { kind: 'draw'; at?: number; seed?: number }
  | { kind: 'seed'; seed: number }
  /** Sets the initialization rule of all layers of these types. */
  | { kind: 'rule'; rule: string; types: readonly string[] };

/** The layers of the catalog, which list their number fields. */
type Kinds = Pick<Catalog, 'layers'> | null;

export function revised(document: NetworkDocument, change: Change, kinds: Kinds): NetworkDocument {
  const layers = document.layers as Settings[];
  const withLayers = (next: Settings[]): NetworkDocument => ({
    ...document,
    layers: next as NetworkDocument['layers'],
  });
  const withOne = (at: number, become: (layer: Settings) => Settings) =>
    withLayers(layers.map((layer, place) => (place === at ? become(layer) : layer)));
  switch (change.kind) {
    case 'add':
      return withLayers(layers.toSpliced(change.at, 0, change.layer));
    case 'remove':
      return withLayers(layers.toSpliced(change.at, change.count ?? 1));
    case 'move': {
      const moved = layers[change.from];
      return moved ? withLayers(layers.toSpliced(change.from, 1).toSpliced(change.to, 0, moved)) : document;
    }
    case 'set': {
      const next = withOne(change.at, (layer) => withSetting(layer, change.field, change.value));
      return change.field === 'bias' ? forgetting(next) : next;
    }
    case 'freeze':
      return withOne(change.at, (layer) => withFrozen(layer, change.part, change.frozen));
    case 'become':
      return withOne(change.at, () => change.layer);
    case 'draw':
    case 'seed': {
      const { seed = document.seed ?? 0 } = change;
      const at = change.kind === 'draw' ? change.at : undefined;
      return started({ ...document, seed }, kinds, at, seed !== document.seed);
    }
    case 'rule':
      return started(
        withLayers(
          layers.map((layer) => (change.types.includes(layer.type) ? { ...layer, initialiser: change.rule } : layer)),
        ),
        kinds,
      );
  }
}

/** The document before any training: weights, statistics, masks and the optimizer's state come from the seed. */
function started(document: NetworkDocument, kinds: Kinds, at?: number, otherSeed = false): NetworkDocument {
  const layers = (document.layers as Settings[]).map((layer, place) => {
    if (at !== undefined && place !== at) return layer;
    const { passes, ...fresh } = unnumbered(layer, kinds) as Settings & { passes?: number };
    // The seed of a mask is derived from the network's seed.
    if (otherSeed && passes !== undefined) return without(fresh, 'seed');
    return fresh;
  });
  return forgetting({ ...document, layers: layers as NetworkDocument['layers'] });
}

/** The layer as if it were new: the service draws the omitted numbers. */
function unnumbered(layer: Settings, kinds: Kinds): Settings {
  const numbers = numbersOf(kinds, layer.type);
  return Object.fromEntries(Object.entries(layer).filter(([name]) => !numbers.includes(name))) as Settings;
}

/** Keeps only the optimizer's state of parameters that still have their numbers. */
function forgetting(document: NetworkDocument): NetworkDocument {
  const { optimizer } = document;
  const { state } = optimizer;
  if (!state) return document;
  const remaining = Object.entries(state).filter(([name]) => isGiven(document, name));
  const { state: _, ...settings } = optimizer;
  const left = remaining.length ? { ...settings, state: Object.fromEntries(remaining) } : settings;
  return { ...document, optimizer: left as NetworkDocument['optimizer'] };
}

function isGiven({ layers }: NetworkDocument, name: string): boolean {
  const [layer, parameter = ''] = name.split('.');
  const found = (layers as Settings[]).find((one) => one.name === layer);
  return Array.isArray(found?.[parameter]);
}

/** Without a bias, b and its lock are removed; a bias that is added again is drawn. */
function withSetting(layer: Settings, field: string, value: unknown): Settings {
  if (field !== 'bias') return { ...layer, [field]: value };
  const unbiased = without(withFrozen(layer, 'b', false), 'b');
  return value === false ? { ...unbiased, bias: false } : without(unbiased, 'bias');
}

function withFrozen(layer: Settings, part: string, frozen: boolean): Settings {
  const others = frozenOf(layer).filter((one) => one !== part);
  const parts = frozen ? [...others, part] : others;
  return parts.length ? { ...layer, frozen: parts } : without(layer, 'frozen');
}

export function frozenOf(layer: Settings): readonly string[] {
  return (layer.frozen as readonly string[] | undefined) ?? [];
}

function without(layer: Settings, name: string): Settings {
  return Object.fromEntries(Object.entries(layer).filter(([field]) => field !== name)) as Settings;
}
