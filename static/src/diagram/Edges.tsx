import { computed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isFrozen } from '../model/given';
import type { PlacedEdge, Point } from '../model/layout';
import { hoverPart } from '../state/attention';
import { isKnown } from '../state/known';
import { hurried } from '../state/rapidInput';
import { cursor, growing, pieces } from '../state/store';
import { runningSum } from '../state/telling';
import { isDark } from '../state/theme';
import { space, visibleGraph } from '../state/visibleGraph';
import { LOCK } from '../ui/Lock';
import { memo } from '../ui/memo';
import { Edge, EdgeNumbers, EdgeSign, Flow } from './Edge';
import {
  type EdgeState,
  edgeStates,
  type Group,
  grouped,
  type Inks,
  inksAt,
  paint,
  type Resting,
  restingEdges,
  steadyGroups,
  strokesOf,
} from './edge-states';
import { Plane } from './Part';
import {
  asParts,
  drawn,
  faces,
  focus,
  hoverParts,
  labels,
  placed,
  quantity,
  scale,
  selectedPart,
  summed,
} from './view';
import { view } from './zoom';

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
    sum: runningSum.value,
    flows: !hurried.value,
  }),
);
const groups = computed(() => steadyGroups(grouped(states.value)));

/** The lines, their flow animation, and the signs of numbers that do not fit. */
export function Edges() {
  return (
    <>
      {asParts.value ? <Parts groups={groups.value} /> : <Drawing />}
      <Plane class="flows">
        {states.value.map(
          (state) => state.current && state.flow && <Flow key={`${state.placed.edge.id} ${state.moment}`} {...state} />,
        )}
      </Plane>
      <Plane class="edge-numbers">
        <EachEdge numbers={Signs} />
      </Plane>
    </>
  );
}

/**
 * The numbers of the lines. They are also above the units: a number wider than the gap between two units would be cut.
 */
export function AllEdgeNumbers() {
  return (
    <Plane class="edge-numbers">
      <EachEdge numbers={Numbers} />
    </Plane>
  );
}

type OfEdges = (props: { edges: readonly EdgeState[] }) => ComponentChildren;

/** The numbers or signs of the lines, unit by unit; of a single drawing those of the current step. */
function EachEdge({ numbers: Those }: { numbers: OfEdges }) {
  if (asParts.value) return groups.value.map(({ target, edges }) => <Those key={target} edges={edges} />);
  // At a small scale the numbers are in the inspector only.
  return faces.value.far ? null : <Those edges={states.value.filter(({ current }) => current)} />;
}

/** Drawn again unit by unit, and only if something has changed. */
function Parts({ groups }: { groups: readonly Group[] }) {
  return (
    <Plane class={growing.value ? 'edges terms' : 'edges'}>
      {groups.map(({ target, edges }) => (
        <Lines key={target} edges={edges} />
      ))}
    </Plane>
  );
}

/** One drawing of all lines, with the selected and the current ones above it. */
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

const Signs = memo(({ edges }: { edges: readonly EdgeState[] }) => (
  <>
    {edges.map((state) => (
      <EdgeSign key={state.placed.edge.id} {...state} />
    ))}
  </>
));

/** The lines as one drawing, if there are too many for separate elements. */
function CanvasLines({ lines }: { lines: readonly Resting[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const inks = useRef<Inks | null>(null);
  const { width, height } = space.value;
  const [seen, dark] = [view.value, isDark.value];
  const density = globalThis.devicePixelRatio || 1;
  // Reading a style forces the browser to compute all styles: once for each theme.
  useLayoutEffect(() => {
    inks.current = canvas.current && inksAt(canvas.current);
  }, [dark]);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context && inks.current) paint(context, strokesOf(lines), inks.current, seen, density);
  }, [lines, seen, dark, width, height, density]);
  return (
    <canvas
      class="plane lines"
      ref={canvas}
      width={Math.round(width * density)}
      height={Math.round(height * density)}
      data-lines={lines.length}
    />
  );
}

/** The selected, hovered or current lines of the single drawing, as elements like the nodes. */
function Reaches({ states }: { states: readonly EdgeState[] }) {
  const attended = new Set([hoverPart.value, selectedPart.value, ...hoverParts.value]);
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

/** A parameter with more lines than this has one lock for all of them. */
const MOST = 60;
/** The position of a lock along its line: before the numbers, which are further along. */
const ALONG = 0.17;

const locks = computed(() => {
  const frozen = new Map<string, PlacedEdge[]>();
  for (const placed of drawn.value.edges) {
    const parameter = placed.edge.ref?.split('[')[0];
    if (!parameter || !isFrozen(visibleGraph.value, placed.edge.ref)) continue;
    const lines = frozen.get(parameter);
    if (lines) lines.push(placed);
    else frozen.set(parameter, [placed]);
  }
  return [...frozen.values()].flatMap((lines) => (lines.length > MOST ? lines.slice(0, 1) : lines).map(placeOf));
});

/** The locks on the lines of frozen parameters; the accessible names are on the lines. */
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
