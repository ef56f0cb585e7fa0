/** The actions on a column of the picture: adding and removing units and layers. */

import { computed } from '@preact/signals';
import type { NetworkDocument } from '../api/types';
import { isJoining } from '../model/columns';
import type { Room } from '../model/geometry';
import { type Layout, RADIUS, type View } from '../model/layout';
import { network } from '../state/store';
import { columns } from '../state/visibleGraph';
import { focusColumn } from './pointing';

export interface Tools {
  column: number;
  /** The number of units, and the layer or the inputs that determine it; null if it cannot be changed here. */
  units: number;
  makes: { kind: 'inputs' } | { kind: 'layer'; at: number; name: string } | null;
  /** Where a layer is added before or after the column. It is as wide as its input. */
  before: Gap | null;
  after: Gap | null;
  /** The layers that are removed with the column. */
  removes: { at: number; count: number; names: readonly string[] } | null;
}

export interface Gap {
  at: number;
  width: number;
}

export const tools = computed<Tools | null>(() => {
  const column = focusColumn.value;
  return column === null || !network.value ? null : toolsOf(column, network.value);
});

function toolsOf(column: number, { layers }: NetworkDocument): Tools | null {
  const all = columns.value;
  const own = all[column];
  if (!own || (own.layers.length === 0 && column > 0)) return null;
  const [first] = own.layers;
  const at = first ? layers.findIndex(({ name }) => name === first.name) : 0;
  // Immediately after an edit the picture still shows the previous network.
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

/** The horizontal position of each column, from left to right. */
function middlesOf({ nodes }: Pick<Layout, 'nodes'>): number[] {
  const middles: number[] = [];
  for (const { node, x } of nodes) middles[node.layer] = x;
  return middles;
}

/** The size of the tools: half of the buttons for units, and a menu on either side; and the single menu. */
export const TOOLS = { height: 26, half: 58, menu: 28, apart: 4, one: 30 };

// The greatest height of one row of the controls.
const ROW = 56;

export interface ToolPlace {
  left: number;
  top: number;
  /**
   * The distance between the buttons for units and the menus, which are in the gaps between columns if these are wide;
   * null for a single menu.
   */
  apart: number | null;
}

type Picture = Pick<Layout, 'nodes' | 'gap'>;

/**
 * Above a column, at the upper edge of the picture; if the controls are there, below these, slightly to the left of
 * them, or just above the uppermost unit. If there is no space, one menu, beside that unit if necessary. Never on a
 * unit: null if the picture is too close for that, or the column is out of view.
 */
export function placeOf(column: number, picture: Picture, { x, y, scale }: View, room: Room): ToolPlace | null {
  const { nodes, gap } = picture;
  const { width, height: high, bar = { width: 0, height: 0 }, foot = 0 } = room;
  const left = (middlesOf(picture)[column] ?? Number.NaN) * scale + x;
  if (!(left >= 0 && left <= width)) return null;
  const { height, half, menu, apart: least, one } = TOOLS;
  const between = (gap * scale) / 2;
  const free = width - bar.width;
  const shifted = Math.min(left, free - (half + least + menu));
  const rim = Math.min(...nodes.filter(({ node }) => node.layer === column).map((unit) => unit.y)) * scale + y;
  const radius = RADIUS * scale;
  const above = rim - radius - height - least;
  // If the controls have several rows, the lower ones are short.
  const isClear = above >= bar.height - (bar.height > ROW ? height : 0);

  const wide = { left, top: least, apart: Math.max(least, between - half - menu / 2) };
  const close = { ...wide, apart: least };
  const lone = { left, top: least, apart: null };
  const aside = radius + least + one / 2;
  const places: ToolPlace[] = [
    wide,
    close,
    { ...wide, top: bar.height + least },
    ...(left - shifted <= 0.8 * between ? [{ ...close, left: shifted }] : []),
    ...(isClear ? [{ ...wide, top: above }] : []),
    lone,
    { ...lone, top: bar.height + least },
    ...(isClear ? [{ ...lone, top: above }] : []),
    // Almost no line leads upwards from a unit of the first row.
    ...[rim - radius, rim - height / 2].flatMap((top) =>
      [left + aside, left - aside].map((at) => ({ left: at, top, apart: null })),
    ),
  ];
  const reach = ({ apart }: ToolPlace) => (apart === null ? one / 2 : half + apart + menu);
  // Its corners may come close to a circle.
  const round = 0.75 * radius;
  const isOnUnit = (place: ToolPlace) =>
    nodes.some(
      (unit) =>
        Math.abs(unit.x * scale + x - place.left) < reach(place) + round &&
        Math.abs(unit.y * scale + y - place.top - height / 2) < height / 2 + round,
    );
  const isOnControls = (place: ToolPlace) =>
    place.top < (isClear && place.top === above ? 0 : bar.height) && place.left + reach(place) > free;
  const isInside = (place: ToolPlace) =>
    place.apart !== null ||
    (place.left >= one / 2 && place.left + one / 2 <= width && place.top >= 0 && place.top + height <= high - foot);
  return places.find((place) => !isOnUnit(place) && !isOnControls(place) && isInside(place)) ?? null;
}
