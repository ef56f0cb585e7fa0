import { useComputed } from '@preact/signals';
import type { TraceEdge } from '../api/types';
import { spoken } from '../maths/symbol';
import { memo } from '../memo';
import { plain } from '../numbers/format';
import { texts } from '../texts';
import type { Ink } from './ink';
import type { Label } from './labels';
import type { PlacedEdge, Point } from './layout';
import { Part } from './Part';
import { SvgNumber } from './SvgText';
import { litParts, selectedPart } from './view';

interface Props {
  placed: PlacedEdge;
  ink: Ink;
  label: Label | undefined;
  current: boolean;
  flow: 'forward' | 'backward' | null;
  /** Very many edges are current: then only those with room for it show their number. */
  crowded: boolean;
  /** Changes with every step, so that what flows flows anew. */
  moment: number;
}

/** The line of a weight. Its number is drawn later, above all lines. */
export const Edge = memo(Line);
export const EdgeNumber = memo(LineNumber);

interface NumberProps extends Props {
  /** Its gradient as far as it has been added up over the batch. */
  sofar: number | null;
}

function Line({ placed: { edge, from, to }, ink, current, flow, moment }: Props) {
  const line = `M${from.x} ${from.y}L${to.x} ${to.y}`;
  const drawn = (
    <g class={current ? 'line current' : 'line'} style={{ '--strength': ink.strength }}>
      <path class={ink.negative ? 'ink negative' : 'ink'} d={line} stroke-width={ink.width} />
      <path class={ink.negative ? 'arrow negative' : 'arrow'} d={arrow(from, to, ink.width)} />
      {current && flow && (
        <path key={moment} class={`flow ${flow}`} d={line} pathLength={1} stroke-width={ink.width + 1.5} />
      )}
    </g>
  );
  if (!edge.ref) return drawn;
  return (
    <Part id={edge.id} selects={ink.ref ?? edge.ref} label={nameOf(edge, ink)} class="edge">
      <path class="reach" d={line} />
      {drawn}
    </Part>
  );
}

function LineNumber({ placed: { edge }, ink, label, current, crowded, sofar }: NumberProps) {
  const attended = useComputed(() => selectedPart.value === edge.id || litParts.value.has(edge.id)).value;
  const shown = label?.room || attended || (current && !crowded);
  const value = ink.value ?? sofar;
  if (!label || value === null || !shown) return null;
  const state = attended ? ' attended' : '';
  return (
    <g class={`edge-number${current ? ' current' : ''}${state}`} transform={`translate(${label.x} ${label.y})`}>
      <SvgNumber of={ink.ref ?? edge.id} value={value} partial={ink.ref === null} />
    </g>
  );
}

/** A slim head at the target's end; a little longer where the line is thick. */
function arrow(from: Point, to: Point, width: number): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const [long, half] = [7 + width, 2.5 + width * 0.7];
  const tip = { x: to.x + along.x * 4, y: to.y + along.y * 4 };
  const back = { x: tip.x - along.x * long, y: tip.y - along.y * long };
  return `M${tip.x} ${tip.y}L${back.x - along.y * half} ${back.y + along.x * half}L${back.x + along.y * half} ${back.y - along.x * half}Z`;
}

function nameOf({ label, source, target }: TraceEdge, { quantity, value }: Ink): string {
  const role = label?.startsWith('b') ? texts.roles.biasWeight : texts.roles.weight;
  const number = value === null ? texts.diagram.notReached : plain(value);
  const kind = { weight: texts.names.value, gradient: texts.names.gradient, next: texts.names.updated }[quantity];
  return `${role} ${spoken(label ?? '')}, ${texts.names.from(spoken(source), spoken(target))}, ${kind(number)}`;
}
