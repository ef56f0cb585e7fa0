import { growing, hovered } from '../state/store';
import { Edge } from './Edge';
import type { EdgeState } from './edge-states';
import { Plane } from './Plane';
import { litParts, selectedPart } from './view';

/** Of lines that are one drawing, those that are looked at: parts of the page, as nodes are. */
export function Reaches({ states }: { states: readonly EdgeState[] }) {
  const attended = new Set([hovered.value, selectedPart.value, ...litParts.value]);
  return (
    <Plane class={growing.value ? 'edges terms' : 'edges'}>
      {states
        .filter(({ placed, current }) => attended.has(placed.edge.id) || (current && growing.value))
        .map(({ placed, ink, current }) => (
          <Edge key={placed.edge.id} {...{ placed, ink, current }} />
        ))}
    </Plane>
  );
}
