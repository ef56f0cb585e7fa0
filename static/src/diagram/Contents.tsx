import { isKnown } from '../state/known';
import { partial } from '../state/partial';
import { cursor as cursorState, trace as traceState } from '../state/store';
import { Edge, EdgeNumber } from './Edge';
import { Goal } from './Goal';
import { inkOf, largest, quantityAt, quantityRef, steady } from './ink';
import { Node } from './Node';
import { numbersOf } from './numbers';
import { drawn, focus, labels, placed } from './view';

/** More current edges than this neither flow nor show numbers that have no room. */
const CROWD = 40;
/** More edges than this change at once, without a transition each. */
const STILL = 150;

/** All of the picture, from back to front. What has not changed since the last step gets the same properties again. */
export function Contents() {
  const trace = traceState.value;
  const cursor = cursorState.value;
  if (!trace?.nodes || !trace.edges) return null;
  const attention = focus.value;
  const { nodes } = drawn.value;
  const crowded = attention.edges.size > CROWD;
  const quantity = quantityAt(trace.stages, cursor);
  const scale = largest(trace.edges, quantity);
  const growing = partial.value;
  const edges = drawn.value.edges.map((placed) => {
    const current = attention.edges.has(placed.edge.id);
    return {
      key: placed.edge.id,
      placed,
      ink: steady(placed.edge, inkOf(placed.edge, quantity, isKnown, scale)),
      label: labels.value.get(placed.edge.id),
      current,
      crowded: current && crowded,
      flow: current && !crowded ? attention.flow : null,
      moment: current ? cursor : 0,
      sofar: current && growing && quantityRef(placed.edge, quantity) === growing.ref ? growing.sofar : null,
    };
  });
  return (
    <>
      <g class={edges.length > STILL ? 'edges still' : 'edges'}>
        {edges.map(({ key, sofar, ...props }) => (
          <Edge key={key} {...props} />
        ))}
      </g>
      <g class="edge-numbers">
        {edges.map(({ key, ...props }) => (
          <EdgeNumber key={key} {...props} />
        ))}
      </g>
      <g class="nodes">
        {nodes.map((placed, place) => (
          <Node
            key={placed.node.id}
            placed={placed}
            {...numbersOf(placed.node, isKnown, growing)}
            current={attention.nodes.has(placed.node.id)}
            first={place === 0}
          />
        ))}
      </g>
      <Goal trace={trace} layout={placed.value} focus={attention} cursor={cursor} />
    </>
  );
}
