import { plain } from '../numbers/format';
import { type DataRows, type Point, pointOf, targetOf } from '../state/rows';
import { table } from '../texts/table';
import './points.css';

const words = table.plane;

/** What the plane shows, from corner to corner. */
export interface Bounds {
  lowest: Point;
  highest: Point;
}

/** A square around all points, with some room. */
export function boundsOf(rows: Pick<DataRows, 'x' | 'y'>): Bounds {
  const points = rows.x.map((_, place) => pointOf(rows, place));
  const ends = (axis: 0 | 1): [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (const point of points) [low, high] = [Math.min(low, point[axis]), Math.max(high, point[axis])];
    const room = (high - low) * ROOM || 1;
    return [low - room, high + room];
  };
  const [[left, right], [bottom, top]] = [ends(0), ends(1)];
  return { lowest: [left, bottom], highest: [right, top] };
}

const ROOM = 0.05;
/** The side of the square, in its own units. */
export const SIDE = 100;

/** Where a point is in the square, from its upper left corner. */
export function placed({ lowest, highest }: Bounds, [x, y]: Point): Point {
  return [
    ((x - lowest[0]) / (highest[0] - lowest[0])) * SIDE,
    SIDE - ((y - lowest[1]) / (highest[1] - lowest[1])) * SIDE,
  ];
}

/** The point at a place in the square. */
export function unplaced({ lowest, highest }: Bounds, [across, down]: Point): Point {
  return [
    lowest[0] + (across / SIDE) * (highest[0] - lowest[0]),
    lowest[1] + (1 - down / SIDE) * (highest[1] - lowest[1]),
  ];
}

/** Whether the points are an input with its target, so that their height is no input. */
export const isFunction = ({ x: [first] }: Pick<DataRows, 'x'>): boolean => (first as number[]).length === 1;

interface DotsProps {
  rows: DataRows;
  bounds: Bounds;
  /** The rows of the mini-batch. */
  batch: ReadonlySet<number>;
}

/** The axes, and the rows: filled if they are trained on, rings if held out; those of the mini-batch are framed. */
export function Dots({ rows, bounds, batch }: DotsProps) {
  const [from = 0, to = 0] = rows.targets ?? [];
  const [x, y] = placed(bounds, [0, 0]);
  return (
    <g class="surface-dots">
      <path class="points-axes" d={`M${x} 0V${SIDE}M0 ${y}H${SIDE}`} />
      {rows.x.map((_, place) => {
        const [cx, cy] = placed(bounds, pointOf(rows, place));
        const target = targetOf(rows, place);
        const row = place * rows.every;
        const kinds = [
          target !== null && target > (from + to) / 2 ? 'above' : 'below',
          ...(rows.held_out[place] ? ['held-out'] : []),
          ...(batch.has(row) ? ['in-batch'] : []),
        ];
        return (
          <circle key={place} class={kinds.join(' ')} cx={cx} cy={cy} r={1.7}>
            <title>{nameOf(rows, place, batch)}</title>
          </circle>
        );
      })}
    </g>
  );
}

/** A point in words. */
export function nameOf(rows: DataRows, place: number, batch: ReadonlySet<number>): string {
  const row = place * rows.every;
  const values = (rows.x[place] as number[]).map(plain);
  const target = targetOf(rows, place);
  return words.point(row + 1, values, target === null ? null : plain(target), {
    heldOut: rows.held_out[place] ?? false,
    inBatch: batch.has(row),
  });
}

/** The rows of the data in the plane. */
export function Plane({ rows, batch }: Omit<DotsProps, 'bounds'>) {
  const shown = rows.x.length;
  return (
    <>
      <div class="points-square">
        <svg viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label={words.label(shown, rows.rows, batch.size)}>
          <Dots rows={rows} bounds={boundsOf(rows)} batch={batch} />
        </svg>
      </div>
      <p class="hint">
        {shown < rows.rows ? `${words.some(shown, rows.rows)} ` : ''}
        {words.signs(rows.held_out.some(Boolean), batch.size > 0)}
      </p>
    </>
  );
}
