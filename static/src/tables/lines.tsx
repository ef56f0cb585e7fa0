import { isFrozen } from '../model/given';
import { trace } from '../state/store';
import { texts } from '../texts';
import type { NumberRow } from './images';
import type { EdgeRow, GoalRow, NodeRow } from './rows';
import { type Line, SpokenSymbol } from './Table';

const { heads } = texts.tables;

/** What the table of weights has in its columns. */
export const WEIGHTS = [heads.weight, heads.from, heads.to, heads.value, heads.product, heads.gradient, heads.next];

/** A unit, with what it was before its activation where its column has one. */
export function unitLine({ node, current, value, gradient, pre, preGradient }: NodeRow, activated: boolean): Line {
  return {
    id: node.id,
    symbol: node.label,
    current,
    facts: [texts.roles[node.role]],
    entries: activated ? [pre, value, gradient, preGradient] : [value, gradient],
  };
}

export function weightLine({ edge, ref, current, weight, product, gradient, next }: EdgeRow): Line {
  return {
    id: ref,
    symbol: edge.label ?? ref,
    current,
    frozen: isFrozen(trace.value, ref),
    facts: [<SpokenSymbol key="from" of={edge.source} />, <SpokenSymbol key="to" of={edge.target} />],
    entries: [weight, product, gradient, next],
  };
}

/** What a table of weights is called: with the biases, where there are any among them. */
export function weightsCaption(layer: string, weights: readonly EdgeRow[]): string {
  const { captions } = texts.tables;
  return weights.some(({ ref }) => ref.startsWith(`${layer}.b[`))
    ? captions.weights(layer)
    : captions.onlyWeights(layer);
}

export function goalLine({ ref, symbol, role, current, value }: GoalRow): Line {
  return { id: ref, symbol, current, facts: [texts.roles[role]], entries: [value] };
}

/** A single number of a layer, and where it is learned, what it becomes. */
export function numberLine({ ref, symbol, current, value, gradient, next }: NumberRow, updated: boolean): Line {
  const frozen = isFrozen(trace.value, ref);
  return {
    id: ref,
    symbol,
    current,
    frozen,
    facts: [],
    entries: updated ? [value, gradient, next] : [value, gradient],
  };
}
