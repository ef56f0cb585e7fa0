import { computed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { CheckRow } from '../api/questions';
import type { TraceEdge, TraceNode } from '../api/types';
import { between, layout, type PlacedEdge, type PlacedNode, type Size } from '../model/layout';
import { MOST_LINES, pictureOf } from '../model/picture';
import { baseOf, symbolOf } from '../model/refs';
import { plain } from '../numbers/format';
import { hover } from '../state/attention';
import { trace } from '../state/store';
import { columns } from '../state/visibleGraph';
import { texts } from '../texts';
import { check } from '../texts/check';
import { hoverProps } from '../ui/highlight';
import { SvgSymbol } from '../ui/SvgSymbol';
import { useSize } from '../ui/useMeasured';
import { Cross, Power } from './marks';
import { byRef, checked, current, derivativeOf, revealed, selectRow } from './state';

const words = check.map;

/** The whole network, if it can be drawn without omissions. */
const whole = computed(() => {
  const lines = columns.value.reduce((sum, { edges }) => sum + edges, 0);
  if (!trace.value || columns.value.length === 0 || lines > MOST_LINES) return null;
  const shown = columns.value.map(({ count }) => ({
    units: Array.from({ length: count }, (_, unit) => unit),
    gaps: [],
  }));
  return pictureOf(trace.value, columns.value, shown);
});

/** The deviation of every derivative from its reference: weights and biases at lines, inputs around circles. */
export function ErrorMap() {
  const frame = useRef<HTMLDivElement>(null);
  const room = useSize(frame);
  const { nodes, edges } = whole.value ?? {};
  return (
    <figure class={nodes && edges ? 'error-map' : 'error-map undrawn'} aria-labelledby="error-map-title">
      <figcaption id="error-map-title">{words.title}</figcaption>
      <div class="drawing" ref={frame}>
        {!nodes || !edges ? (
          <p class="aside">{words.tooLarge}</p>
        ) : (
          room && (
            <svg
              role="img"
              aria-label={words.label(
                edges.filter(({ ref }) => ref && byRef.value.has(ref)).length,
                checked.value?.failed ?? 0,
              )}
              viewBox={`0 0 ${room.width} ${room.height}`}
            >
              <Drawing of={mapLayout(nodes, edges, room)} />
            </svg>
          )
        )}
      </div>
      <MapLegend />
    </figure>
  );
}

function Drawing({ of: { nodes, edges, radius, named } }: { of: MapLayout }) {
  const measured = edges.flatMap(({ edge: { ref }, from, to }) => {
    const row = ref ? byRef.value.get(ref) : undefined;
    return row ? [{ row, from, to }] : [];
  });
  return (
    <>
      {measured.map(({ row, from, to }) => (
        <Mark key={row.ref} row={row} line={`M${from.x} ${from.y}L${to.x} ${to.y}`} middle={middleOf(from, to)} />
      ))}
      {nodes.map(({ node, x, y }) => {
        const row = byRef.value.get(node.ref);
        return (
          <g key={node.id} class={`map-node ${node.role}`} transform={`translate(${x} ${y})`}>
            <circle class="body" r={radius} />
            {named && <g transform={`translate(0 ${radius * 0.32})`}>{<SvgSymbol of={node.label} size={radius} />}</g>}
            {row && <Mark row={row} line={ring(radius + 3)} middle={{ x: 0, y: -radius - 3 }} />}
          </g>
        );
      })}
    </>
  );
}

interface MarkProps {
  row: CheckRow;
  line: string;
  middle: { x: number; y: number };
}

/**
 * A derivative's line: the larger the deviation, the darker and wider, with a cross in the middle if it differs. If
 * nothing decided, or at a kink, there is no deviation, and the line is dashed.
 */
function Mark({ row, line, middle }: MarkProps) {
  const { ref, verdict, deviation } = row;
  const differs = verdict === 'differs';
  const attended = hover.value.some((one) => baseOf(one) === ref);
  const open = verdict === 'kink' || verdict === 'undecided';
  const states = [
    'mark',
    differs && 'failed',
    open && 'open',
    attended && 'lit',
    current.value?.ref === ref && 'current',
  ];
  const { onPointerEnter, onPointerLeave } = hoverProps(ref);
  const shade = shadeOf(deviation ?? (differs ? 1 : 0));
  const symbol = trace.value ? symbolOf(trace.value, derivativeOf(trace.value, ref)) : ref;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: each has a row in the table, where the keyboard reaches it.
    <g
      class={states.filter(Boolean).join(' ')}
      data-mark={ref}
      style={{ '--shade': shade }}
      onClick={() => {
        selectRow(ref);
        revealed.value = ref;
      }}
      onPointerEnter={() => {
        onPointerEnter();
        revealed.value = ref;
      }}
      onPointerLeave={onPointerLeave}
    >
      <title>{`${symbol}: ${deviation === null ? '' : `${plain(deviation)}, `}${texts.verdicts.names[verdict]}`}</title>
      <path class="reach" d={line} />
      <path class="shade" d={line} stroke-width={open ? 2 : 1.25 + 3.75 * shade} />
      {differs && <Cross {...middle} />}
    </g>
  );
}

const middleOf = (one: { x: number; y: number }, other: { x: number; y: number }) => ({
  x: (one.x + other.x) / 2,
  y: (one.y + other.y) / 2,
});

const ring = (radius: number): string =>
  `M0 ${-radius}a${radius} ${radius} 0 1 1 0 ${2 * radius}a${radius} ${radius} 0 1 1 0 ${-2 * radius}`;

const STEPS = 32;
const WIDTH = 200;

/** The meaning of the shades, the dashes and the cross. */
function MapLegend() {
  return (
    <div class="map-legend">
      <span class="map-scale" style={{ width: `${WIDTH}px` }}>
        <svg viewBox={`0 0 ${WIDTH} 14`} width={WIDTH} height="14" aria-hidden="true">
          {Array.from({ length: STEPS }, (_, place) => (
            <path
              key={place}
              class="shade"
              style={{ '--shade': place / (STEPS - 1) }}
              d={`M${(place * WIDTH) / STEPS} 7h${WIDTH / STEPS + 0.4}`}
              stroke-width={1.25 + 3.75 * (place / (STEPS - 1))}
            />
          ))}
        </svg>
        {NAMED.map((power) => (
          <span key={power} class="named" style={{ left: `${shadeOf(10 ** power) * 100}%` }}>
            <Power of={power} />
          </span>
        ))}
      </span>
      <span class="shade-keys">
        <span class="shade-key">
          <svg viewBox="0 0 24 14" width="24" height="14" aria-hidden="true">
            <path class="shade open" d="M0 7h24" stroke-width="2" />
          </svg>
          {words.open}
        </span>
        <span class="shade-key">
          <svg viewBox="0 0 24 14" width="24" height="14" aria-hidden="true">
            <path class="shade failed" style={{ '--shade': 0.9 }} d="M0 7h24" stroke-width="4" />
            <Cross x={12} y={7} />
          </svg>
          {words.failed}
        </span>
      </span>
    </div>
  );
}

/** The network at a small size, for its errors: the diagram's positions, scaled to the free room. Pure geometry. */

export interface MapLayout {
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  radius: number;
  /** Whether the circles are large enough for their symbols. */
  named: boolean;
}

const RADIUS = { least: 3, most: 17 };
/** A circle's radius as a fraction of the distance to the next circle in its column. */
const SHARE = 0.37;
/** Circles with a smaller radius have no symbol. */
const NAMED_RADIUS = 11;
const MARGIN = 4;
/** With a larger distance between columns, the lines are hard to follow. */
const WIDEST = 190;

export function mapLayout(nodes: readonly TraceNode[], edges: readonly TraceEdge[], room: Size): MapLayout {
  const drawn = layout(nodes, edges, room).nodes;
  const [xs, ys] = [distinct(drawn.map(({ x }) => x)), distinct(drawn.map(({ y }) => y))];
  const tallest = Math.max(1, ...xs.map((x) => drawn.filter((node) => node.x === x).length));
  const pitch = (room.height - 2 * MARGIN) / tallest;
  const radius = Math.min(RADIUS.most, Math.max(RADIUS.least, pitch * SHARE));
  const edge = radius + MARGIN;
  const width = Math.min(room.width - 2 * edge, WIDEST * (xs.length - 1));
  const x = spread(xs, (room.width - width) / 2, (room.width + width) / 2);
  const y = spread(ys, edge, room.height - edge);
  const placed = drawn.map(({ node, ...at }) => ({ node, x: x(at.x), y: y(at.y) }));
  const where = new Map(placed.map((one) => [one.node.id, one]));
  return {
    nodes: placed,
    edges: edges.flatMap((one) => {
      const [source, target] = [where.get(one.source), where.get(one.target)];
      return source && target ? [{ edge: one, ...between(source, target, radius, radius) }] : [];
    }),
    radius,
    named: radius >= NAMED_RADIUS,
  };
}

/** Stretches positions so that the outermost are at the ends; a single one is in the middle. */
function spread(places: readonly number[], start: number, end: number): (place: number) => number {
  const [from, to] = [Math.min(...places), Math.max(...places)];
  return (place) => (from === to ? (start + end) / 2 : start + ((place - from) / (to - from)) * (end - start));
}

const distinct = (places: readonly number[]): number[] => [...new Set(places)];

/** The shade of a relative deviation: from 0, as good as exact, to 1, completely wrong, on a logarithmic scale. */

/** The exponents at both ends. They are fixed, so that a shade keeps its meaning while numbers change. */
const EXACT = -16;
const WRONG = 0;

/** The exponents that the legend names. */
export const NAMED = [-16, -12, -8, -4, 0];

export function shadeOf(error: number): number {
  if (Number.isNaN(error)) return 1;
  return Math.min(1, Math.max(0, (Math.log10(error) - EXACT) / (WRONG - EXACT)));
}
