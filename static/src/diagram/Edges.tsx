import { computed } from '@preact/signals';
import { memo } from '../memo';
import { isKnown } from '../state/known';
import { partial } from '../state/partial';
import { cursor, growing, hurried, pieces } from '../state/store';
import { CanvasLines } from './CanvasLines';
import { Edge, EdgeNumbers, Flow } from './Edge';
import {
  type EdgeState,
  edgeStates,
  type Group,
  grouped,
  type Resting,
  restingEdges,
  steadyGroups,
} from './edge-states';
import { Plane } from './Plane';
import { Reaches } from './Reaches';
import { asParts, drawn, faces, focus, labels, placed, quantity, scale, summed } from './view';

let before: readonly Resting[] = [];
const resting = computed(() => {
  const at = { quantity: quantity.value, scale: scale.value, known: isKnown, summed: summed.value };
  before = restingEdges(drawn.value.edges, at, before);
  return before;
});
const states = computed(() =>
  edgeStates(resting.value, {
    focus: focus.value,
    cursor: cursor.value,
    pieces: pieces.value,
    known: isKnown,
    labels: labels.value,
    layout: placed.value,
    faces: faces.value,
    sum: partial.value,
    flows: !hurried.value,
  }),
);
const groups = computed(() => steadyGroups(grouped(states.value)));

/** The lines and what flows along them. */
export function Edges() {
  return (
    <>
      {asParts.value ? <Parts groups={groups.value} /> : <Drawing />}
      <Plane class="flows">
        {states.value.map(
          (state) => state.current && state.flow && <Flow key={`${state.placed.edge.id} ${state.moment}`} {...state} />,
        )}
      </Plane>
    </>
  );
}

/** The numbers of the lines. They lie above the units too: one that is wider than the gap between two would be cut. */
export function AllEdgeNumbers() {
  return (
    <Plane class="edge-numbers">
      {asParts.value
        ? groups.value.map(({ target, edges }) => <Numbers key={target} edges={edges} />)
        : // From afar the inspector has them.
          !faces.value.far && <Numbers edges={states.value.filter(({ current }) => current)} />}
    </Plane>
  );
}

/** Drawn again unit by unit, and only where something has changed. */
function Parts({ groups }: { groups: readonly Group[] }) {
  return (
    <Plane class={growing.value ? 'edges terms' : 'edges'}>
      {groups.map(({ target, edges }) => (
        <Lines key={target} edges={edges} />
      ))}
    </Plane>
  );
}

/** One drawing of all lines; above it those that are looked at. */
function Drawing() {
  return (
    <>
      <CanvasLines lines={resting.value} />
      <Reaches states={states.value} />
    </>
  );
}

const Lines = memo(({ edges }: { edges: readonly EdgeState[] }) => (
  <>
    {edges.map(({ placed, ink, current }) => (
      <Edge key={placed.edge.id} {...{ placed, ink, current }} />
    ))}
  </>
));

const Numbers = memo(({ edges }: { edges: readonly EdgeState[] }) => (
  <>
    {edges.map(({ placed, ink, label, current, numbers }) => (
      <EdgeNumbers key={placed.edge.id} {...{ placed, ink, label, current, numbers }} />
    ))}
  </>
));
