/** The fields of the numbers that are pointed at or selected in the picture, by their places in the document. */

import { computed } from '@preact/signals';
import { truthRef } from '../diagram/owners';
import type { Pictured } from '../diagram/picture';
import { pointerOf } from '../given';
import { baseOf } from '../refs';
import { pictured } from './pictured';
import { hovered, selected } from './store';

export const marked = computed<ReadonlySet<string>>(() => {
  const trace = pictured.value;
  const refs = [hovered.value && trace && refOf(trace, hovered.value), selected.value && baseOf(selected.value)];
  return new Set(refs.flatMap((ref) => (trace && ref ? (pointerOf(trace, ref) ?? []) : [])));
});

/** The number that a part of the picture is there for. */
export function refOf({ nodes, edges, sample }: Pictured, part: string): string | null {
  const edge = edges?.find(({ id }) => id === part);
  if (edge) return edge.ref;
  const node = nodes?.find(({ id }) => id === part);
  if (node) return node.ref;
  const truth = /^truth-(\d+)$/.exec(part);
  return truth ? truthRef(sample, Number(truth[1])) : null;
}
