import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { parseNumber, plain } from '../numbers/format';
import {
  type Change,
  changePoints,
  type DataRows,
  knownTargets,
  type Point,
  pointOf,
  setBefore,
  targetOf,
} from '../state/rows';
import { undo } from '../state/undo';
import { table } from '../texts/table';
import { LinkButton, PlainButton } from './buttons';
import { SelectRow } from './choices';
import { type Bounds, boundsOf, Dots, isFunction, nameOf, placed, SIDE, unplaced } from './Plane';

const words = table.hand;

/** The selected row, and where the keys add a point; both only while points are changed by hand. */
const selected = signal<number | null>(null);
const cross = signal<Point | null>(null);
/** The target of the next point, or what is typed of it. */
const target = signal('1');

/** How far a press may be from a point that it takes, and the steps of the arrow keys, in units of the square. */
const NEAR = 3;
const STEP = 1;
const FAR = 5;
let drags = 0;

interface Props {
  rows: DataRows;
  batch: ReadonlySet<number>;
  /** The corners, if they do not follow from the points, which then stay within them. */
  within?: Bounds;
  /** What is behind the points. */
  children?: ComponentChildren;
}

/** The points of the data, which are added, moved and removed by pointer and by keys. */
export function HandPlane({ rows, batch, within, children }: Props) {
  const keys = useId();
  const svg = useRef<SVGSVGElement>(null);
  // While a point is dragged, the corners stay.
  const frame = useRef<Bounds | null>(null);
  const bounds = within ?? frame.current ?? boundsOf(rows);
  const drag = useRef<string | null>(null);
  const row = selected.value !== null && selected.value < rows.x.length ? selected.value : null;
  const at = row === null ? (cross.value ?? middle(bounds)) : pointOf(rows, row);

  const set = setBefore();
  const kept = (point: Point): Point => (within ? clamped(within, point) : point);

  const change = (one: Change, title: string, gesture?: string) => changePoints(rows, one, title, gesture);
  const move = (place: number, point: Point, gesture: string) =>
    change({ kind: 'move', row: place, point: kept(point) }, words.moved(place + 1), gesture);
  const add = (point: Point) => {
    const value = parseNumber(target.value) ?? 0;
    const added = change({ kind: 'add', point: kept(point), target: value }, words.added(rows.x.length + 1));
    if (added) selected.value = rows.x.length;
  };
  const remove = (place: number) => {
    if (!change({ kind: 'remove', row: place }, words.removed(place + 1))) return;
    cross.value = pointOf(rows, place);
    selected.value = null;
  };
  const pointAt = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = (svg.current as SVGSVGElement).getBoundingClientRect();
    return unplaced(bounds, [((clientX - left) / width) * SIDE, ((clientY - top) / height) * SIDE]);
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const point = pointAt(event);
    const found = nearest(rows, bounds, point);
    if (found === null) {
      add(point);
      return;
    }
    selected.value = found;
    frame.current = bounds;
    drag.current = `point-${++drags}`;
    svg.current?.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current !== null && selected.value !== null) move(selected.value, pointAt(event), drag.current);
  };
  const end = () => {
    drag.current = null;
    frame.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    const count = rows.x.length;
    if (arrow) {
      const [x, y] = placed(bounds, at);
      const by = event.shiftKey ? FAR : STEP;
      const to = unplaced(bounds, [x + arrow[0] * by, y + arrow[1] * by]);
      if (row === null) cross.value = kept(to);
      else move(row, to, `point-key-${row}`);
    } else if (event.key === 'PageDown') selected.value = row === null ? 0 : (row + 1) % count;
    else if (event.key === 'PageUp') selected.value = ((row ?? 0) - 1 + count) % count;
    else if (event.key === 'Enter' && row === null) add(at);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && row !== null && count > 1) remove(row);
    else if (event.key === 'Escape' && row !== null) selected.value = null;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const [cx, cy] = placed(bounds, at);
  return (
    <>
      <div class="points-square by-hand">
        {children}
        <svg
          ref={svg}
          viewBox={`0 0 ${SIDE} ${SIDE}`}
          role="application"
          tabindex={0}
          aria-label={words.label(rows.x.length)}
          aria-describedby={keys}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={end}
          onPointerCancel={end}
          onKeyDown={onKeyDown}
        >
          <Dots rows={rows} bounds={bounds} batch={batch} />
          <path class="points-cross" d={`M${cx - 4} ${cy}h8M${cx} ${cy - 4}v8`} />
        </svg>
      </div>
      <div class="points-tools">
        {!isFunction(rows) && <Target rows={rows} row={row} change={change} />}
        {row !== null && (
          <PlainButton disabled={rows.x.length === 1} onClick={() => remove(row)}>
            {words.remove(row + 1)}
          </PlainButton>
        )}
      </div>
      <p class="hint" aria-live="polite">
        {row === null ? words.next(at.map(plain)) : nameOf(rows, row, batch)}
      </p>
      <p id={keys} class="hint">
        {words.keys}
      </p>
      <p role="status" class="hint">
        {set !== null && (
          <>
            {words.became(set)} <LinkButton onClick={() => void undo()}>{words.undo}</LinkButton>
          </>
        )}
      </p>
    </>
  );
}

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const middle = ({ lowest, highest }: Bounds): Point => [(lowest[0] + highest[0]) / 2, (lowest[1] + highest[1]) / 2];

const clamped = ({ lowest, highest }: Bounds, [x, y]: Point): Point => [
  Math.min(highest[0], Math.max(lowest[0], x)),
  Math.min(highest[1], Math.max(lowest[1], y)),
];

/** The row whose point is nearest to a place, if it is near. */
function nearest(rows: DataRows, bounds: Bounds, point: Point): number | null {
  const [x, y] = placed(bounds, point);
  let [found, least]: [number | null, number] = [null, NEAR];
  for (let row = 0; row < rows.x.length; row++) {
    const [u, v] = placed(bounds, pointOf(rows, row));
    const distance = Math.hypot(u - x, v - y);
    if (distance < least) [found, least] = [row, distance];
  }
  return found;
}

interface TargetProps {
  rows: DataRows;
  row: number | null;
  change: (one: Change, title: string, gesture?: string) => boolean;
}

/** The target of the selected point, or of the next one: one of the classes, or a number. */
function Target({ rows, row, change }: TargetProps) {
  if (!rows.y) return null;
  const few = knownTargets(rows);
  const own = row === null ? null : targetOf(rows, row);
  const shown = own === null ? target.value : String(own);
  const choose = (text: string) => {
    target.value = text;
    const value = parseNumber(text);
    if (row !== null && value !== null) {
      change({ kind: 'target', row, target: value }, words.retargeted(row + 1, plain(value)), `target-${row}`);
    }
  };
  const label = row === null ? words.target : words.targetOf(row + 1);
  if (few)
    return (
      <SelectRow
        label={label}
        title={label}
        class="points-target"
        value={few.includes(Number(shown)) ? shown : String(few.at(-1))}
        options={few.map((value) => ({ value: String(value), title: plain(value) }))}
        onChoose={choose}
      />
    );
  return (
    <label class="points-target">
      <span>{label}</span>{' '}
      <input
        class="line-field"
        type="text"
        inputMode="decimal"
        size={6}
        value={shown}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    </label>
  );
}
