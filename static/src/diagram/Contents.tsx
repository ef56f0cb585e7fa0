import type { UnitFunction } from '../model/functions';
import { isKnown } from '../state/known';
import { cursor as cursorState } from '../state/store';
import { runningSum } from '../state/telling';
import { visibleGraph } from '../state/visibleGraph';
import { later } from '../ui/Later';
import { AllEdgeNumbers, Edges, Locks } from './Edges';
import { FieldHere } from './FieldHere';
import { Gaps } from './Gaps';
import { Goal } from './Goal';
import { HeatMaps } from './HeatMaps';
import { handled } from './handling';
import { Node } from './Node';
import { numbersOf } from './numbers';
import { Plane } from './Part';
import { focusColumn } from './pointing';
import { drawn, factorsOf, focus, functions, placed, stuck } from './view';

const ColumnTools = later(() => import('./ColumnTools').then(({ ColumnTools }) => ColumnTools), 'unseen');

const NONE: readonly UnitFunction[] = [];

/**
 * The whole picture, from back to front, with its editing controls. What has not changed since the last step gets the
 * same properties, and is not drawn again.
 */
export function Contents() {
  const trace = visibleGraph.value;
  const cursor = cursorState.value;
  if (!trace?.nodes || !trace.edges) return null;
  const attention = focus.value;
  return (
    <>
      <HeatMaps />
      <Edges />
      <Locks />
      <Plane class="nodes">
        {drawn.value.nodes.map((placed, place) => (
          <Node
            key={placed.node.id}
            placed={placed}
            {...numbersOf(placed.node, isKnown, runningSum.value)}
            current={attention.nodes.has(placed.node.id)}
            functions={placed.node.role === 'bias' ? NONE : (functions.value[placed.node.layer] ?? NONE)}
            factors={factorsOf(placed.node.id)}
            stuck={stuck.value.get(placed.node.id) ?? null}
            first={place === 0}
          />
        ))}
        <Gaps />
      </Plane>
      <AllEdgeNumbers />
      <Plane class="goal">
        <Goal trace={trace} layout={placed.value} focus={attention} cursor={cursor} />
      </Plane>
      {handled.value && <FieldHere />}
      {focusColumn.value !== null && <ColumnTools />}
    </>
  );
}
