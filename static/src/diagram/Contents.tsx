import type { UnitFunction } from '../model/functions';
import { RADIUS } from '../model/layout';
import { TYPE } from '../model/plan';
import { isKnown } from '../state/known';
import { cursor as cursorState } from '../state/store';
import { runningSum } from '../state/telling';
import { turnTo, visibleGraph } from '../state/visibleGraph';
import { texts } from '../texts';
import { later } from '../ui/Later';
import { AllEdgeNumbers, Edges, Locks } from './Edges';
import { FieldHere } from './FieldHere';
import { Goal } from './Goal';
import { HeatMaps } from './HeatMaps';
import { handled } from './handling';
import { Node } from './Node';
import { numbersOf } from './numbers';
import { Plane } from './Part';
import { focusColumn } from './pointing';
import { drawn, faces, factorsOf, focus, functions, placed, stuck } from './view';

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

/** Larger letters are moved down by this share of their size. */
const DROP = 0.35;

/** "…" where a column hides units: a press shows the next ones. */
export function Gaps() {
  const { far, least } = faces.value;
  return (
    <>
      {placed.value.gaps.map(({ column, gap, x, y }) => (
        // biome-ignore lint/a11y/useSemanticElements: SVG has no button element.
        <g
          key={`${column} ${gap.from}`}
          role="button"
          tabindex={0}
          class="part gap"
          transform={`translate(${x} ${y})`}
          aria-label={texts.diagram.gapTitle(gap.from + 1, gap.from + gap.hidden)}
          onClick={() => turnTo(column, gap)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            event.stopPropagation();
            turnTo(column, gap);
          }}
        >
          <title>{texts.diagram.gapTitle(gap.from + 1, gap.from + gap.hidden)}</title>
          <circle class="ring" r={RADIUS} />
          <circle class="spot" r={RADIUS} />
          {[-14, 0, 14].map((at) => (
            <circle key={at} class="dot" cy={at - 8} r={3} />
          ))}
          {/* At a small scale only the count is legible. */}
          <text y={RADIUS - 4 + (far ? DROP * least : 0)} style={{ fontSize: `${far ? least : TYPE}px` }}>
            {far ? gap.hidden.toLocaleString('en') : texts.diagram.gap(gap.hidden)}
          </text>
        </g>
      ))}
    </>
  );
}
