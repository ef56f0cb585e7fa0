import { computed } from '@preact/signals';
import { isFrozen } from '../frozen';
import { LOCK } from '../Lock';
import { pictured } from '../state/pictured';
import type { PlacedEdge, Point } from './layout';
import { Plane } from './Plane';
import { drawn } from './view';

/** A parameter with more lines than this has one lock for all of them. */
const MOST = 60;
/** How far along its line a lock is: beside the numbers, which are further on. */
const ALONG = 0.17;

const locks = computed(() => {
  const frozen = new Map<string, PlacedEdge[]>();
  for (const placed of drawn.value.edges) {
    const parameter = placed.edge.ref?.split('[')[0];
    if (!parameter || !isFrozen(pictured.value, placed.edge.ref)) continue;
    const lines = frozen.get(parameter);
    if (lines) lines.push(placed);
    else frozen.set(parameter, [placed]);
  }
  return [...frozen.values()].flatMap((lines) => (lines.length > MOST ? lines.slice(0, 1) : lines).map(placeOf));
});

/** The locks on the lines of frozen parameters; their names are with the lines. */
export function Locks() {
  if (locks.value.length === 0) return null;
  return (
    <Plane class="locks">
      {locks.value.map(({ id, x, y }) => (
        <g key={id} class="lock" data-lock={id} transform={`translate(${x} ${y})`}>
          <circle r="8.5" />
          <path d={LOCK} transform="translate(-6 -6.75)" />
        </g>
      ))}
    </Plane>
  );
}

function placeOf({ edge, from, to }: PlacedEdge): Point & { id: string } {
  return { id: edge.id, x: from.x + ALONG * (to.x - from.x), y: from.y + ALONG * (to.y - from.y) };
}
