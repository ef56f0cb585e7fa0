import type { Trace } from '../api/types';
import { spoken } from '../maths/symbol';
import { plain } from '../numbers/format';
import { gradientOf } from '../refs';
import { texts } from '../texts';
import { reached } from '../timeline/reached';
import { type PlacedNode, RADIUS } from './layout';
import { Part } from './Part';
import { SvgNumber, SvgSymbol } from './SvgText';

/** Room for a value inside the circle, at the height where it stands. */
export const VALUE_WIDTH = 52;

interface Props {
  placed: PlacedNode;
  stages: Trace['stages'];
  cursor: number;
  current: boolean;
  first: boolean;
}

/** A unit: its symbol and value in the circle, z above it, its gradient below. */
export function Node({ placed: { node, x, y }, stages, cursor, current, first }: Props) {
  const known = (ref: string) => reached(stages, cursor, ref);
  const { value, gradient, ref, pre, role, label } = node;
  const valued = known(ref);
  return (
    <Part
      id={node.id}
      selects={ref}
      label={nameOf(node, known)}
      class={`node ${role}${current ? ' current' : ''}`}
      first={first}
      x={x}
      y={y}
    >
      <circle class="ring" r={RADIUS + 5} />
      <circle class="body" r={RADIUS} />
      {role === 'output' && <circle class="inner" r={RADIUS - 4} />}
      <g class={valued ? 'caption valued' : 'caption'}>
        <SvgSymbol of={label} size={21} />
      </g>
      {valued && <SvgNumber class="value" of={ref} value={value} y={18} within={VALUE_WIDTH} />}
      {pre && <Before pre={pre} known={known} />}
      {known(gradientOf(ref)) && (
        <SvgNumber
          class="beside"
          of={gradientOf(ref)}
          value={gradient}
          y={RADIUS + 20}
          before={texts.diagram.gradientMark}
        />
      )}
    </Part>
  );
}

/** Above the circle, what the unit is before its activation: z, and later its gradient ∇. */
function Before({ pre, known }: { pre: NonNullable<PlacedNode['node']['pre']>; known: (ref: string) => boolean }) {
  const both = known(gradientOf(pre.ref));
  const y = -RADIUS - 12;
  return (
    <>
      {known(pre.ref) && (
        <SvgNumber
          class={both ? 'beside left' : 'beside'}
          of={pre.ref}
          value={pre.value}
          x={both ? -5 : 0}
          y={y}
          before="𝑧"
        />
      )}
      {both && <SvgNumber class="beside right" of={gradientOf(pre.ref)} value={pre.gradient} x={5} y={y} before="∇" />}
    </>
  );
}

function nameOf({ role, label, ref, value, gradient }: PlacedNode['node'], known: (ref: string) => boolean): string {
  return [
    `${texts.roles[role]} ${spoken(label)}`,
    known(ref) ? texts.names.value(plain(value)) : texts.diagram.notReached,
    ...(known(gradientOf(ref)) ? [texts.names.gradient(plain(gradient))] : []),
  ].join(', ');
}
