/** What can be done at a column of the picture: units and layers come and go. */

import { computed } from '@preact/signals';
import type { NetworkDocument } from '../api/types';
import { columns } from '../state/pictured';
import { network } from '../state/store';
import { attended } from './attending';
import type { View } from './closer';
import { isJoining } from './columns';
import { type Layout, RADIUS } from './layout';
import type { Room } from './room';

export interface Tools {
  column: number;
  /** How many units there are, and what says how many; none where they are as many as before. */
  units: number;
  makes: { kind: 'inputs' } | { kind: 'layer'; at: number; name: string } | null;
  /** Where a layer goes that is added before the column or after it, and as wide as what goes into it. */
  before: Gap | null;
  after: Gap | null;
  /** The layers that go with the column. */
  removes: { at: number; count: number; names: readonly string[] } | null;
}

export interface Gap {
  at: number;
  width: number;
}

export const tools = computed<Tools | null>(() => {
  const column = attended.value;
  return column === null || !network.value ? null : toolsOf(column, network.value);
});

function toolsOf(column: number, { layers }: NetworkDocument): Tools | null {
  const all = columns.value;
  const own = all[column];
  if (!own || (own.layers.length === 0 && column > 0)) return null;
  const [first] = own.layers;
  const at = first ? layers.findIndex(({ name }) => name === first.name) : 0;
  // A moment after an edit the picture is still that of the network before.
  if (at < 0 || at + own.layers.length > layers.length) return null;
  const { length: count } = own.layers;
  const names = own.layers.map(({ name }) => name);
  return {
    column,
    units: own.count,
    makes: !first ? { kind: 'inputs' } : isJoining(first) ? { kind: 'layer', at, name: first.name } : null,
    before: column > 0 ? { at, width: all[column - 1]?.count ?? own.count } : null,
    after: { at: at + count, width: own.count },
    removes: count > 0 && count < layers.length ? { at, count, names } : null,
  };
}

/** Where each column stands, from left to right. */
function middlesOf({ nodes }: Pick<Layout, 'nodes'>): number[] {
  const middles: number[] = [];
  for (const { node, x } of nodes) middles[node.layer] = x;
  return middles;
}

/** What the tools take: half of the steps of the units, and a menu on either side. */
export const TOOLS = { height: 26, half: 58, menu: 28, apart: 4 };

// No row of the controls is higher.
const ROW = 56;

export interface ToolPlace {
  left: number;
  top: number;
  /** Between the steps of the units and the menus, which stand in the gaps between columns where these are wide. */
  apart: number;
}

/**
 * Above a column, at the upper edge of the picture; where the controls are there, beneath these, a little to the left of them,
 * or close above the uppermost unit. Never on a unit: none where the picture is too close for that, or the column out of sight.
 */
export function placeAbove(
  column: number,
  { nodes, gap }: Pick<Layout, 'nodes' | 'gap'>,
  { x, y, scale }: View,
  { width, bar = { width: 0, height: 0 } }: Room,
): ToolPlace | null {
  const left = (middlesOf({ nodes })[column] ?? Number.NaN) * scale + x;
  if (!(left >= 0 && left <= width)) return null;
  const { height, half, menu, apart: least } = TOOLS;
  const between = (gap * scale) / 2;
  const wide = { left, top: least, apart: Math.max(least, between - half - menu / 2) };
  const close = { ...wide, apart: least };
  const free = width - bar.width;
  const extent = half + least + menu;
  const shifted = Math.min(left, free - extent);
  const rim = Math.min(...nodes.filter(({ node }) => node.layer === column).map((one) => one.y - RADIUS));
  const places = [
    wide,
    close,
    { ...wide, top: bar.height + least },
    ...(left - shifted <= 0.8 * between ? [{ ...close, left: shifted }] : []),
  ];
  // Of more rows of controls the lower ones leave room.
  const above = { ...wide, top: rim * scale + y - height - least };
  if (above.top >= bar.height - (bar.height > ROW ? height : 0)) places.push(above);
  const reach = ({ apart }: ToolPlace) => half + apart + menu;
  // Its corners may come close to a circle.
  const round = 0.75 * RADIUS * scale;
  const isOnUnit = (place: ToolPlace) =>
    nodes.some(
      (one) =>
        Math.abs(one.x * scale + x - place.left) < reach(place) + round &&
        Math.abs(one.y * scale + y - place.top - height / 2) < height / 2 + round,
    );
  const isOnControls = (place: ToolPlace) =>
    place !== above && place.top < bar.height && place.left + reach(place) > free;
  return places.find((place) => !isOnUnit(place) && !isOnControls(place)) ?? null;
}
