import { expect, test } from 'vitest';
import type { TraceEdge, TraceNode } from '@/api/types';
import { type EdgeState, grouped, steadyGroups } from '@/diagram/edge-states';
import { inkOf } from '@/diagram/ink';
import { layout } from '@/diagram/layout';
import { recorded } from '../recorded';

const { nodes, edges } = recorded('two-layers').trace;
const placed = layout(nodes as TraceNode[], edges as TraceEdge[], { width: 680, height: 530 }).edges;

const states = (current: string | null): EdgeState[] =>
  placed.map((one) => ({
    placed: one,
    ink: inkOf(one.edge, 'weight', () => true, 1),
    label: undefined,
    current: one.edge.id === current,
    flow: null,
    moment: 0,
    sofar: null,
  }));

test('of all units only those are drawn again that an edge has changed in', () => {
  const before = steadyGroups(grouped(states(null)));
  const after = steadyGroups(grouped(states('fc_1.w[1,0]')));
  const changed = after.filter((group, place) => group !== before[place]).map(({ target }) => target);
  expect(changed).toEqual([placed.find(({ edge }) => edge.id === 'fc_1.w[1,0]')?.edge.target]);
  expect(steadyGroups(grouped(states('fc_1.w[1,0]')))).toEqual(after);
});
