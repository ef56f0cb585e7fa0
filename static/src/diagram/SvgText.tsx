import type { ComponentChildren } from 'preact';
import type { Box } from '../model/geometry';
import { getAt } from '../model/json';
import { FIGURE, TYPE } from '../model/plan';
import { DIGITS, exact, shown } from '../numbers/format';
import { isRoundingZero } from '../state/known';
import { select } from '../state/moves';
import { edit } from '../state/network';
import { network } from '../state/store';
import { texts } from '../texts';
import { useScrub } from '../ui/scrub';
import { givenAt, handle, typeHere } from './handling';
import './field.css';

interface NumberProps {
  value: number;
  /** The ref of the number, so that the shown value can be compared with the service's; products have none. */
  of: string | null;
  class?: string;
  x?: number;
  y?: number;
  anchor?: 'start' | 'middle' | 'end';
  before?: string | undefined;
  /** Its type size, and the least legible one. */
  size?: number;
  least?: number;
  /** The available width; longer numbers are set slightly smaller, and with fewer digits if necessary. */
  within?: number;
  /** Still being added up: it is not yet the number of its ref. */
  partial?: boolean;
  /** Whether a plate separates it from the lines behind it. */
  plate?: boolean;
  /** Its part of the picture. A given number can be edited in place. */
  part?: string;
}

/** An SVG number is set in tabular digits; punctuation is narrower. */
export function SvgNumber({
  value,
  of,
  before,
  partial = false,
  anchor = 'middle',
  plate = false,
  part,
  ...props
}: NumberProps) {
  const { x = 0, y = 0 } = props;
  const rounded = !partial && isRoundingZero(of);
  const { digits, exponent, size, precision, width } = fitting(rounded ? 0 : value, {
    ...props,
    before,
    partial,
    rounded,
  });
  const box = {
    x: x - width * { start: 0, middle: 0.5, end: 1 }[anchor] - PLATE,
    y: y - 0.82 * size - 1,
    width: width + 2 * PLATE,
    height: 1.1 * size + 2,
  };
  const drawn = (
    <>
      {plate && <rect class="plate" {...box} rx={2} />}
      <text
        x={x}
        y={y}
        style={{ fontSize: `${size}px`, textAnchor: anchor }}
        class={`number ${props.class ?? ''}${partial ? ' partial' : ''}`}
        data-ref={partial ? undefined : (of ?? undefined)}
        data-partial={partial ? (of ?? undefined) : undefined}
        data-value={exact(value)}
        data-digits={precision < DIGITS ? precision : undefined}
      >
        <title>{rounded ? `${texts.rounded}: ${exact(value)}` : exact(value)}</title>
        {before && <tspan class="mark">{before} </tspan>}
        {partial && <tspan class="mark sum">Σ </tspan>}
        {rounded && <tspan class="mark rounded">≈ </tspan>}
        {digits}
        {exponent !== null && (
          <>
            {'\u202f×\u202f10'}
            <tspan class="power" dy="-0.45em">
              {String(exponent).replace('-', '−')}
            </tspan>
          </>
        )}
      </text>
    </>
  );
  const given = part === undefined || of === null || partial ? null : givenAt(of);
  if (part === undefined || of === null || given === null) return drawn;
  return (
    <Given pointer={given} of={of} part={part} box={box}>
      {drawn}
    </Given>
  );
}

/** The margin of the plate beside the number. */
const PLATE = 3;
/** A number with fewer digits is useless. */
const LEAST_DIGITS = 3;

interface Fit {
  size?: number;
  least?: number;
  within?: number;
  before: string | undefined;
  partial: boolean;
  rounded: boolean;
}

/** Whether all digits of a number fit, in legible type. */
export const fits = (value: number, room: Omit<Fit, 'before' | 'partial' | 'rounded'>): boolean =>
  fitting(value, { ...room, before: undefined, partial: false, rounded: false }).precision === DIGITS;

/** Whether a number fits with the fewest digits, in legible type. */
export function hasRoom(
  of: string,
  value: number,
  room: Omit<Fit, 'partial' | 'rounded'> & { within: number },
): boolean {
  const rounded = isRoundingZero(of);
  return fitting(rounded ? 0 : value, { ...room, partial: false, rounded }).width <= room.within + 1;
}

/** All six digits, slightly smaller if necessary; below a legible size fewer digits. */
function fitting(value: number, { size = TYPE, least = size, within = Infinity, before, partial, rounded }: Fit) {
  const marks = (before ? 0.58 * before.length + 0.25 : 0) + (partial ? 0.9 : 0) + (rounded ? 0.8 : 0);
  for (let precision = DIGITS; ; precision--) {
    const number = shown(value, precision);
    const ems =
      marks + widthOf(number.digits) + (number.exponent === null ? 0 : POWER + 0.36 * String(number.exponent).length);
    const most = within / ems;
    if (most < Math.min(least, size) && precision > LEAST_DIGITS) continue;
    const set = Math.max(Math.min(size, most), Math.min(least, size));
    return { ...number, precision, size: set, width: ems * set };
  }
}

/** The width of "×10" with the narrow spaces around it. */
const POWER = 1.95;

/** As a share of the type size. */
const widthOf = (digits: string): number => [...digits].reduce((sum, sign) => sum + (sign === '.' ? 0.25 : FIGURE), 0);

interface Props {
  pointer: string;
  of: string;
  part: string;
  box: Box;
  children: ComponentChildren;
}

/** The margin around the number for touch. */
const REACH = { x: 5, y: 2 };

/** A given number: dragging changes it, and a press opens a field in its place. */
function Given({ pointer, of, part, box, children }: Props) {
  const scrub = useScrub(() => ({
    value: (getAt(network.peek(), pointer) as number | undefined) ?? 0,
    onMove: (value) => {
      handle({ pointer, ref: of, part });
      void edit(pointer, value);
    },
    onPress: () => {
      select(of);
      typeHere(of, part);
    },
  }));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard it is typed from the part that it belongs to.
    <g class="given" {...scrub} onClick={(event) => event.stopPropagation()}>
      <rect
        class="grasp hands"
        x={box.x - REACH.x}
        y={box.y - REACH.y}
        width={box.width + 2 * REACH.x}
        height={box.height + 2 * REACH.y}
      />
      {children}
    </g>
  );
}
