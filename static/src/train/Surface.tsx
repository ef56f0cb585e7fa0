import { signal } from '@preact/signals';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EncodedSurface, Points } from '../api/trainings';
import { plain } from '../numbers/format';
import { trace } from '../state/store';
import { train } from '../texts/train';
import { Select } from '../ui/choices';
import { css, palette, readPalette } from '../ui/heat';
import { memo } from '../ui/memo';
import { Axes, round } from '../ui/plot';
import { useSize } from '../ui/useMeasured';
import { ByHandButton, byHand, PointsByHand } from './ByHand';
import { planeRows } from './csv';
import { Save } from './Save';
import { hidden, type Run, showHidden, shownOf } from './state';
import { lineAt, type Plane, pixelsOf, placeIn, planeOf } from './surface';

const words = train.surface;
const NONE: readonly number[] = [];

/** Which unit is shown: its layer, null for the outputs, and its place in it. */
export const chosen = signal<{ layer: string | null; unit: number }>({ layer: null, unit: 0 });

/** What a network with two inputs computes in the plane of its data, with the rows of the data on it. */
export function Surface({ run }: { run: Run }) {
  const { points } = run;
  const { surface } = shownOf(run).numbers;
  const canvas = useRef<HTMLCanvasElement>(null);
  if (!surface) return null;
  const plane = planeOf(surface, chosen.value, points);
  const still = run.state !== 'running';
  const batch = trace.value?.batch_rows ?? NONE;
  return (
    <section class="train-panel surface-panel" aria-labelledby="surface-title">
      <header>
        <h3 id="surface-title">{words.title}</h3>
        <span class="spring" />
        {still && points && <ByHandButton />}
        <UnitChoice surface={surface} />
        <Save
          title={words.title}
          rows={() => planeRows(plane, nameOf(surface))}
          repaint={() => paint(canvas.current, plane, readPalette())}
        />
      </header>
      {still && points && byHand.value ? (
        <PointsByHand batch={batch} within={plane} step={shownOf(run).step}>
          <Colours plane={plane} canvas={canvas} />
        </PointsByHand>
      ) : (
        <PlanePicture plane={plane} points={points} canvas={canvas} batch={batch} />
      )}
      <Legend plane={plane} />
      {points && points.rows > points.x.length && <p class="aside">{words.some(points.x.length, points.rows)}</p>}
    </section>
  );
}

const nameOf = ({ of }: EncodedSurface): string => {
  const { layer, unit } = chosen.value;
  return `${layer ?? of}_${unit + 1}`;
};

function UnitChoice({ surface }: { surface: EncodedSurface }) {
  const layers = Object.entries(surface.hidden ?? {});
  const options = [
    ...Array.from({ length: surface.outputs.units }, (_, unit) => ({
      value: `:${unit}`,
      title: words[surface.of](surface.outputs.units === 1 ? null : unit + 1),
    })),
    ...layers.flatMap(([name, { units }]) =>
      Array.from({ length: units }, (_, unit) => ({ value: `${name}:${unit}`, title: words.unit(name, unit + 1) })),
    ),
  ];
  const { layer, unit } = chosen.value;
  return (
    <span class="surface-choice">
      <Select
        aria-label={words.choice}
        value={`${layer ?? ''}:${unit}`}
        options={options}
        onChoose={(value) => {
          const place = value.lastIndexOf(':');
          chosen.value = { layer: value.slice(0, place) || null, unit: Number(value.slice(place + 1)) };
        }}
      />
      <label title={words.hiddenTitle}>
        <input
          type="checkbox"
          checked={hidden.value}
          onChange={(event) => {
            showHidden(event.currentTarget.checked);
            if (!event.currentTarget.checked) chosen.value = { layer: null, unit: 0 };
          }}
        />
        {words.hidden}
      </label>
    </span>
  );
}

type Canvas = { current: HTMLCanvasElement | null };

/** The colours and the line of the border. */
function Colours({ plane, canvas }: { plane: Plane; canvas: Canvas }) {
  const { value: colours } = palette;
  const { size, values, level } = plane;
  useLayoutEffect(() => paint(canvas.current, plane, colours));
  return (
    <>
      <canvas ref={canvas} width={size} height={size} />
      {level !== null && (
        <svg class="behind" viewBox={`0 0 ${size - 1} ${size - 1}`} aria-hidden="true">
          <path class="surface-border" d={lineAt(values, size, level)} />
        </svg>
      )}
    </>
  );
}

function paint(canvas: HTMLCanvasElement | null, { values, size, scale }: Plane, colours: typeof palette.value): void {
  canvas?.getContext('2d')?.putImageData(pixelsOf(values, size, scale, colours), 0, 0);
}

interface PictureProps {
  plane: Plane;
  points: Points | null;
  canvas?: Canvas;
  /** The rows of the mini-batch of the open training step. */
  batch: readonly number[];
  /** What it is named by, if not by what it shows. */
  label?: string;
}

/** The room for the axes, in pixels. */
const EDGE = { left: 44, top: 1, right: 1, bottom: 36 };

/** The colours, the line of the border, the rows and the axes; the number beneath the pointer is written above. */
export function PlanePicture({ plane, points, canvas, batch, label }: PictureProps) {
  const own = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const room = useSize(frame);
  const [pointed, setPointed] = useState<number | null>(null);
  const { value: colours } = palette;
  const { size, lowest, highest, values } = plane;
  const drawn = canvas ?? own;
  useLayoutEffect(() => paint(drawn.current, plane, colours));
  const pointUnder = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const [column, row] = [(event.clientX - left) / width, 1 - (event.clientY - top) / height].map((share) =>
      Math.max(0, Math.min(size - 1, Math.round(share * (size - 1)))),
    ) as [number, number];
    setPointed(row * size + column);
  };
  const at = (axis: 0 | 1, place: number) => lowest[axis] + ((highest[axis] - lowest[axis]) * place) / (size - 1);
  return (
    <div class="surface-plane">
      <p class="plane-reading unless-saved" aria-hidden="true">
        {pointed !== null &&
          words.reading(
            plain(at(0, pointed % size)),
            plain(at(1, Math.floor(pointed / size))),
            plain(values[pointed] ?? Number.NaN),
          )}
      </p>
      <div class="plane-frame" ref={frame}>
        <div class="surface-square" onPointerMove={pointUnder} onPointerLeave={() => setPointed(null)}>
          <canvas ref={drawn} width={size} height={size} />
          <svg
            viewBox={`0 0 ${size - 1} ${size - 1}`}
            role="img"
            aria-label={label ?? words.label(lowest, highest, points?.x.length ?? 0)}
          >
            {plane.level !== null && <path class="surface-border" d={lineAt(values, size, plane.level)} />}
            {points && <Dots points={points} batch={batch} {...placesOf(plane, points)} />}
          </svg>
        </div>
        {room && <PlaneAxes plane={plane} room={room} />}
      </div>
    </div>
  );
}

function PlaneAxes({ plane, room: { width, height } }: { plane: Plane; room: { width: number; height: number } }) {
  const { lowest, highest } = plane;
  const [left, right, top, bottom] = [EDGE.left, width - EDGE.right, EDGE.top, height - EDGE.bottom];
  const ticks = (axis: 0 | 1, from: number, to: number) => {
    const values = round(lowest[axis], highest[axis], Math.abs(to - from) / 60);
    // Around a single row the corners differ in digits that are not written.
    const first = (value: number, place: number) => values.findIndex((one) => plain(one) === plain(value)) === place;
    return values.filter(first).map((value) => ({
      value,
      at: from + ((value - lowest[axis]) / (highest[axis] - lowest[axis])) * (to - from),
    }));
  };
  const frame = { width, height, left, right, top, bottom };
  return (
    <svg class="plane-axes" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <Axes of={{ ...frame, xTicks: ticks(0, left, right), yTicks: ticks(1, bottom, top) }} x={plain} y={plain}>
        <text x={(left + right) / 2} y={height - 3} text-anchor="middle">
          {words.axes[0]}
        </text>
        <text x={10} y={(top + bottom) / 2 + 4} text-anchor="middle">
          {words.axes[1]}
        </text>
      </Axes>
    </svg>
  );
}

interface DotsProps {
  points: Points;
  batch: readonly number[];
  size: number;
  left: number;
  right: number;
  bottom: number;
  top: number;
  /** The place of the output that has the colours, and the target that is in the middle of them. */
  output: number;
  middle: number;
}

/** What the dots depend on, in plain numbers: most frames of a training have the same. */
function placesOf({ size, lowest, highest, scale, output }: Plane, { targets }: Points) {
  const [left, bottom] = lowest;
  const [right, top] = highest;
  // In the colours of the outputs; beside a hidden unit, by the middle of the targets.
  const [from, to] = output === null ? targets : [scale.from, scale.to];
  return { size, left, right, bottom, top, output: output ?? 0, middle: (from + to) / 2 };
}

/**
 * The rows: filled if they are trained on, rings if they are held out; those of the open mini-batch have a frame. They
 * are not rendered again with each frame of a training, of which that would be the dearest part.
 */
const Dots = memo(({ points, batch, size, left, right, bottom, top, output, middle }: DotsProps) => {
  const rows = new Set(batch);
  const plane = { size, lowest: [left, bottom], highest: [right, top] } as const;
  return (
    <g class="surface-dots">
      {points.x.map((point, place) => {
        const [x, y] = placeIn(plane, point);
        const target = points.y[place]?.[output] ?? 0;
        const kind = `${target > middle ? 'above' : 'below'}${points.held_out[place] ? ' held-out' : ''}${rows.has(place * points.every) ? ' in-batch' : ''}`;
        return (
          <circle key={place} class={kind} cx={x} cy={y} r={(size - 1) * 0.009}>
            <title>
              {words.row(
                place * points.every + 1,
                plain(point[0]),
                plain(point[1]),
                plain(target),
                points.held_out[place] ?? false,
              )}
            </title>
          </circle>
        );
      })}
    </g>
  );
});

/** What the colours stand for. */
export function Legend({ plane: { scale, level } }: { plane: Plane }) {
  const { negative, zero, positive } = palette.value;
  const gradient = `linear-gradient(to right, ${css(negative)}, ${css(zero)}, ${css(positive)})`;
  return (
    <div class="surface-legend" aria-hidden="true">
      <span>{plain(scale.from)}</span>
      <i style={{ background: gradient }} />
      <span>{plain(scale.to)}</span>
      {level !== null && (
        <>
          <svg class="legend-line border" viewBox="0 0 24 8" aria-hidden="true">
            <path d="M0 4h24" />
          </svg>
          <span>{plain(level)}</span>
        </>
      )}
      <svg class="legend-dot" viewBox="0 0 10 10" aria-hidden="true">
        <circle class="above" cx="5" cy="5" r="3.4" />
      </svg>
      <span>{words.training}</span>
      <svg class="legend-dot" viewBox="0 0 10 10" aria-hidden="true">
        <circle class="above held-out" cx="5" cy="5" r="3.4" />
      </svg>
      <span>{words.heldOut}</span>
    </div>
  );
}
