import { memo } from '../memo';
import { isKnown } from '../state/known';
import { partial } from '../state/partial';
import { cursor as cursorState, growing, trace as traceState } from '../state/store';
import { Edge, EdgeNumber } from './Edge';
import { type EdgeState, grouped, steadyGroups } from './edge-states';
import { inkOf, quantityRef } from './ink';
import { drawn, focus, labels, quantity as quantityShown, scale } from './view';

/** More current edges than this neither flow nor show numbers that have no room: then being current changes nothing. */
const CROWD = 40;
/** More edges than this change at once, without a transition each. */
const STILL = 150;

/** The lines, and above all of them their numbers; drawn again unit by unit, and only where something has changed. */
export function Edges() {
  const trace = traceState.value;
  const cursor = cursorState.value;
  if (!trace?.edges) return null;
  const attention = focus.value;
  const crowded = attention.edges.size > CROWD;
  const quantity = quantityShown.value;
  const sum = partial.value;
  const states = drawn.value.edges.map((placed): EdgeState => {
    const label = labels.value.get(placed.edge.id);
    const current = attention.edges.has(placed.edge.id) && (!crowded || label?.room === true);
    return {
      placed,
      ink: inkOf(placed.edge, quantity, isKnown, scale.value),
      label,
      current,
      flow: current && !crowded ? attention.flow : null,
      moment: current ? cursor : 0,
      sofar: current && sum && quantityRef(placed.edge, quantity) === sum.ref ? sum.sofar : null,
    };
  });
  const groups = steadyGroups(grouped(states));
  return (
    <>
      <g class={`edges${states.length > STILL ? ' still' : ''}${growing.value ? ' terms' : ''}`}>
        {groups.map(({ target, edges }) => (
          <Lines key={target} edges={edges} />
        ))}
      </g>
      <g class="edge-numbers">
        {groups.map(({ target, edges }) => (
          <Numbers key={target} edges={edges} />
        ))}
      </g>
    </>
  );
}

const Lines = memo(({ edges }: { edges: readonly EdgeState[] }) => (
  <>
    {edges.map(({ sofar, label, ...state }) => (
      <Edge key={state.placed.edge.id} {...state} />
    ))}
  </>
));

const Numbers = memo(({ edges }: { edges: readonly EdgeState[] }) => (
  <>
    {edges.map(({ placed, ink, label, current, sofar }) => (
      <EdgeNumber key={placed.edge.id} {...{ placed, ink, label, current, sofar }} />
    ))}
  </>
));
