import { expect, test } from 'vitest';
import type { TraceEdge, TraceNode } from '@/api/types';
import { type EdgeState, grouped, restingEdges, steadyGroups } from '@/diagram/edge-states';
import { layout } from '@/model/layout';
import { recorded } from '../recorded';

const { nodes, edges } = recorded('two-layers').trace;
const placed = layout(nodes as TraceNode[], edges as TraceEdge[], { width: 680, height: 530 }).edges;
const resting = restingEdges(placed, { quantity: 'weight', scale: 1, known: () => true, summed: () => true }, []);

const NO_NUMBERS: EdgeState['numbers'] = [];
const states = (current: string | null): EdgeState[] =>
  resting.map((one) => ({
    ...one,
    label: undefined,
    current: one.placed.edge.id === current,
    flow: null,
    moment: 0,
    numbers: NO_NUMBERS,
  }));

test('only units with a changed edge are rendered again', () => {
  const before = steadyGroups(grouped(states(null)));
  const after = steadyGroups(grouped(states('fc_1.w[1,0]')));
  const changed = after.filter((group, place) => group !== before[place]).map(({ target }) => target);
  expect(changed).toEqual([placed.find(({ edge }) => edge.id === 'fc_1.w[1,0]')?.edge.target]);
  expect(steadyGroups(grouped(states('fc_1.w[1,0]')))).toEqual(after);
});

test('unchanged lines are the same objects as before, and unchanged lists the same list', () => {
  const again = restingEdges(placed, { quantity: 'weight', scale: 1, known: () => true, summed: () => true }, resting);
  expect(again).toBe(resting);
  const less = restingEdges(
    placed,
    { quantity: 'weight', scale: 1, known: (ref) => ref !== 'fc_1.w[1,0]', summed: () => true },
    resting,
  );
  const changed = less.filter((line, place) => line !== resting[place]);
  expect(changed.map((line) => line.placed.edge.id)).toEqual(['fc_1.w[1,0]']);
});
