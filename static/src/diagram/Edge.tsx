import { useComputed } from '@preact/signals';
import type { TraceEdge } from '../api/types';
import { spoken } from '../maths/symbol';
import type { Quantity } from '../model/choices';
import { isFrozen } from '../model/given';
import type { Point } from '../model/layout';
import { TYPE } from '../model/plan';
import { hoverPart } from '../state/attention';
import { valueInWords } from '../state/known';
import { setHoverPart } from '../state/moves';
import { inBatch } from '../state/store';
import { visibleGraph } from '../state/visibleGraph';
import { texts } from '../texts';
import { memo } from '../ui/memo';
import type { EdgeState } from './edge-states';
import type { EdgeStyle } from './edgeStyle';
import { MARK } from './labels';
import { Part } from './Part';
import { SvgNumber } from './SvgText';
import { faces, hoverParts, selectedPart } from './view';

/** The line of a weight. Its number is drawn later, above all lines. */
export const Edge = memo(Line);

type LineProps = Pick<EdgeState, 'placed' | 'ink' | 'current'>;
type FlowProps = Pick<EdgeState, 'placed' | 'ink' | 'flow'>;
type NumberProps = Pick<EdgeState, 'placed' | 'ink' | 'label' | 'current' | 'numbers'>;

function Line({ placed: { edge, from, to }, ink, current }: LineProps) {
  const line = lineOf(from, to);
  const drawn = (
    <g class={current ? 'line current' : 'line'} style={{ '--strength': ink.strength }}>
      <path class={ink.negative ? 'ink negative' : 'ink'} d={line} stroke-width={ink.width} />
      <path class={ink.negative ? 'arrow negative' : 'arrow'} d={arrow(from, to, ink.width)} />
    </g>
  );
  if (!edge.ref) return drawn;
  return (
    <Part
      id={edge.id}
      selects={ink.ref ?? edge.ref}
      label={nameOf(edge, ink)}
      given={edge.ref}
      class={current ? 'edge current' : 'edge'}
    >
      <path class="reach" d={line} />
      {drawn}
    </Part>
  );
}

/** The short animation along a line. */
export function Flow({ placed: { from, to }, ink, flow }: FlowProps) {
  return <path class={`flow ${flow}`} d={lineOf(from, to)} pathLength={1} stroke-width={ink.width + 1.5} />;
}

const lineOf = (from: Point, to: Point): string => `M${from.x} ${from.y}L${to.x} ${to.y}`;

/** Whether the step, the selection or the pointer needs the numbers of a line. */
function useAttention({ placed: { edge }, label, current }: Pick<NumberProps, 'placed' | 'label' | 'current'>) {
  const selected = useComputed(() => selectedPart.value === edge.id).value;
  const attended = useComputed(
    () =>
      selectedPart.value === edge.id ||
      hoverParts.value.has(edge.id) ||
      // A number that does not fit is shown on hover.
      (hoverPart.value === edge.id && label?.room === false),
  ).value;
  return { selected, attended, shown: label?.room || attended || (current && !label?.none) };
}

/**
 * The sign of a line whose numbers do not fit. It is below the units, whose numbers may cover it: a sign over a number
 * would hide digits. A line of the current step without any space has its sign above the units instead.
 */
export function EdgeSign({ placed, label, current, numbers }: NumberProps) {
  const { shown } = useAttention({ placed, label, current });
  return shown || !label?.mark || label.none || numbers.length === 0 ? null : (
    <LeftOut at={label.mark} size={faces.value.size} />
  );
}

/** Reads a signal, so it is drawn again only when that or a property has changed. */
export function EdgeNumbers({ placed, ink, label, current, numbers }: NumberProps) {
  const { edge } = placed;
  const { selected, attended, shown } = useAttention({ placed, label, current });
  if (!label || numbers.length === 0) return null;
  if (!shown) return label.mark && label.none ? <LeftOut at={label.mark} size={faces.value.size} /> : null;
  const state = `${current ? ' current' : ''}${attended && !selected ? ' attended' : ''}${selected ? ' selected' : ''}`;
  // A number that does not fit overlaps its neighbours: one is enough.
  const shownHere = label.tall ? numbers : numbers.slice(0, 1);
  const { size, line } = faces.value;
  // The baseline of the first number.
  const top = label.y + 0.36 * size - (line * (shownHere.length - 1)) / 2;
  return (
    <g
      class={`edge-number${state}`}
      transform={`translate(${label.x} ${top})`}
      onPointerEnter={() => setHoverPart(edge.id)}
      onPointerLeave={() => setHoverPart(null)}
    >
      {shownHere.map(({ quantity, ref, value, partial, lit }, row) => (
        <SvgNumber
          key={quantity}
          class={lit ? 'lit' : ''}
          plate
          size={size}
          within={label.within}
          y={row * line}
          of={ref}
          part={edge.id}
          value={value}
          partial={partial}
          before={markOf(edge, quantity, shownHere.length > 1 || quantity !== ink.quantity, partial)}
        />
      ))}
      {shownHere.length < numbers.length && <LeftOut at={{ x: 0, y: 0.55 * size }} size={size} />}
    </g>
  );
}

/** The sign of a number that does not fit, which hover or focus shows. */
function LeftOut({ at: { x, y }, size }: { at: Point; size: number }) {
  const { width, height } = MARK;
  return (
    <g class="left-out" transform={`translate(${x} ${y}) scale(${size / TYPE})`}>
      <rect class="plate" x={-width / 2} y={-height / 2} width={width} height={height} rx={2} />
      <path d="M-5 0h.01M0 0h.01M5 0h.01" />
    </g>
  );
}

/**
 * Distinguishes several numbers on a line, and a number other than the chosen quantity; a gradient summed over the
 * batch always has a mark.
 */
function markOf(edge: TraceEdge, quantity: Quantity, named: boolean, partial: boolean): string | undefined {
  const { batchMark, edgeMarks } = texts.diagram;
  const sum = quantity === 'gradient' && !partial && inBatch.value ? batchMark : '';
  const own = edgeMarks[quantity === 'weight' && isBias(edge) ? 'bias' : quantity];
  return `${sum}${named ? own : ''}` || undefined;
}

const isBias = ({ label }: TraceEdge): boolean => label?.startsWith('b') ?? false;

/** A slim head at the target's end; a little longer if the line is thick. */
function arrow(from: Point, to: Point, width: number): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const [long, half] = [7 + width, 2.5 + width * 0.7];
  const tip = { x: to.x + along.x * 4, y: to.y + along.y * 4 };
  const back = { x: tip.x - along.x * long, y: tip.y - along.y * long };
  return `M${tip.x} ${tip.y}L${back.x - along.y * half} ${back.y + along.x * half}L${back.x + along.y * half} ${back.y - along.x * half}Z`;
}

function nameOf(edge: TraceEdge, { quantity, ref: shown, value }: EdgeStyle): string {
  const { ref, label, source, target } = edge;
  const role = isBias(edge) ? texts.roles.biasWeight : texts.roles.weight;
  const number = value === null ? texts.diagram.notReached : valueInWords(value, shown);
  const kind = {
    weight: texts.names.value,
    product: texts.names.product,
    gradient: texts.names.gradient,
    next: texts.names.updated,
  }[quantity];
  const frozen = isFrozen(visibleGraph.peek(), ref) ? `, ${texts.names.frozen}` : '';
  return `${role} ${spoken(label ?? '')}, ${texts.names.from(spoken(source), spoken(target))}, ${kind(number)}${frozen}`;
}
