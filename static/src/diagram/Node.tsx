import { spoken } from '../maths/symbol';
import { memo } from '../memo';
import { plain } from '../numbers/format';
import { gradientOf } from '../refs';
import { nodeMode } from '../state/store';
import { texts } from '../texts';
import { type PlacedNode, RADIUS } from './layout';
import type { NodeMode, NodeNumbers } from './numbers';
import { Part } from './Part';
import { SvgNumber, SvgSymbol } from './SvgText';
import { isFar } from './zoom';

/** Room for a value inside the circle, at the height where it stands. */
export const VALUE_WIDTH = 52;

interface Props extends NodeNumbers {
  placed: PlacedNode;
  current: boolean;
  first: boolean;
}

/** A unit: its symbol and value in the circle, z above it, its gradient below. */
export const Node = memo(Unit);

function Unit({ placed: { node, x, y }, current, first, ...numbers }: Props) {
  const { growing, share } = numbers;
  // From afar no number could be read.
  const far = isFar.value;
  const { inside, beneath } = far ? NO_FACES : facesOf(node.ref, numbers, nodeMode.value);
  const { ref, role, label } = node;
  return (
    <Part
      id={node.id}
      selects={ref}
      label={nameOf(node, numbers)}
      class={`node ${role}${current ? ' current' : ''}`}
      first={first}
      x={x}
      y={y}
    >
      <circle class="ring" r={RADIUS + 5} />
      <circle class="body" r={RADIUS} />
      {role === 'output' && <circle class="inner" r={RADIUS - 4} />}
      {growing && <Progress share={share} />}
      <g class={inside === null ? 'caption' : 'caption valued'}>
        <SvgSymbol of={label} size={21} />
      </g>
      {inside && <SvgNumber class="value" {...inside} y={18} within={VALUE_WIDTH} />}
      {!far && <Before node={node} {...numbers} />}
      {beneath && <SvgNumber class="beside" {...beneath} y={RADIUS + 20} before={texts.diagram.gradientMark} />}
    </Part>
  );
}

const NO_FACES = { inside: null, beneath: null };

interface Face {
  of: string;
  value: number;
  partial: boolean;
}

/** What stands in the circle, and what beneath it. */
function facesOf(ref: string, { value, gradient, growing }: NodeNumbers, mode: NodeMode) {
  const face = (of: string, number: number | null, kind: NodeNumbers['growing']): Face | null =>
    number === null ? null : { of, value: number, partial: growing === kind };
  const [own, its] = [face(ref, value, 'value'), face(gradientOf(ref), gradient, 'gradient')];
  if (mode === 'gradient') return { inside: its, beneath: null };
  return { inside: own, beneath: mode === 'both' ? its : null };
}

/** How much of a sum is done, around the circle. */
export function Progress({ share }: { share: number }) {
  return (
    <circle class="progress" r={RADIUS + 5} pathLength={1} stroke-dasharray={`${share} 1`} transform="rotate(-90)" />
  );
}

/** Above the circle, what the unit is before its activation: z, and later its gradient ∇. */
function Before({ node: { pre }, pre: value, preGradient, growing }: { node: PlacedNode['node'] } & NodeNumbers) {
  if (!pre) return null;
  const both = preGradient !== null;
  const y = -RADIUS - 12;
  return (
    <>
      {value !== null && (
        <SvgNumber
          class={both ? 'beside left' : 'beside'}
          of={pre.ref}
          value={value}
          x={both ? -5 : 0}
          y={y}
          before="𝑧"
          partial={growing === 'pre'}
        />
      )}
      {preGradient !== null && (
        <SvgNumber
          class="beside right"
          of={gradientOf(pre.ref)}
          value={preGradient}
          x={5}
          y={y}
          before="∇"
          partial={growing === 'preGradient'}
        />
      )}
    </>
  );
}

function nameOf({ role, label }: PlacedNode['node'], { value, gradient, growing }: NodeNumbers): string {
  const sofar = (text: string, mine: boolean) => (mine ? texts.names.sofar(text) : text);
  return [
    `${texts.roles[role]} ${spoken(label)}`,
    value === null ? texts.diagram.notReached : sofar(texts.names.value(plain(value)), growing === 'value'),
    ...(gradient === null ? [] : [sofar(texts.names.gradient(plain(gradient)), growing === 'gradient')]),
  ].join(', ');
}
