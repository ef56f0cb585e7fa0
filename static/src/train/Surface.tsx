import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { EncodedSurface, Points } from '../api/trainings';
import { plain } from '../numbers/format';
import { trace } from '../state/store';
import { train } from '../texts/train';
import { Select } from '../ui/choices';
import { css, palette } from '../ui/heat';
import { hidden, type Run, showHidden } from './state';
import { aroundZero, decoded, lineAt, pixelsOf, placeIn, type Scale, unitOf } from './surface';

const words = train.surface;

/** Which unit is shown: its layer, null for the outputs, and its place in it. */
const chosen = signal<{ layer: string | null; unit: number }>({ layer: null, unit: 0 });

/** What a network with two inputs computes in the plane of its data, with the rows of the data on it. */
export function Surface({ run }: { run: Run }) {
  const { surface, points } = run;
  if (!surface) return null;
  const { layer, unit } = chosen.value;
  const encoded = (layer === null ? null : surface.hidden?.[layer]) ?? surface.outputs;
  const own = encoded === surface.outputs;
  const shown = Math.min(unit, encoded.units - 1);
  const values = unitOf(decoded(encoded), encoded.units, shown);
  const likely = own && surface.of === 'probability';
  const scale = likely ? UNIT : own && encoded.units === 1 && points ? scaleOf(points, values) : aroundZero(values);
  const level = likely ? 0.5 : own && encoded.units === 1 && points ? points.border : 0;
  return (
    <section class="train-panel surface-panel" aria-labelledby="surface-title">
      <header>
        <h3 id="surface-title">{words.title}</h3>
        <span class="spring" />
        <UnitChoice surface={surface} />
      </header>
      <div class="surface-square">
        <Picture values={values} size={surface.size} scale={scale} />
        <svg
          viewBox={`0 0 ${surface.size - 1} ${surface.size - 1}`}
          role="img"
          aria-label={words.label(surface.lowest, surface.highest, points?.x.length ?? 0)}
        >
          {level !== null && <path class="surface-border" d={lineAt(values, surface.size, level)} />}
          {points && <Dots points={points} surface={surface} output={own ? shown : 0} scale={own ? scale : null} />}
        </svg>
      </div>
      <Legend scale={scale} level={level} />
      {points && points.rows > points.x.length && <p class="aside">{words.some(points.x.length, points.rows)}</p>}
    </section>
  );
}

const UNIT: Scale = { from: 0, to: 1 };

/** The ends are the targets, if there are several. */
function scaleOf({ targets: [from, to] }: Points, values: Float32Array): Scale {
  return to > from ? { from, to } : aroundZero(values);
}

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
          const [name = '', place = '0'] = value.split(':');
          chosen.value = { layer: name || null, unit: Number(place) };
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

function Picture({ values, size, scale }: { values: Float32Array; size: number; scale: Scale }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { value: colours } = palette;
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(pixelsOf(values, size, scale, colours), 0, 0);
  });
  return <canvas ref={canvas} width={size} height={size} />;
}

interface DotsProps {
  points: Points;
  surface: EncodedSurface;
  output: number;
  /** That of the outputs; null if the surface shows a hidden unit. */
  scale: Scale | null;
}

/** The rows: filled if they are trained on, rings if they are held out; those of the open mini-batch have a frame. */
function Dots({ points, surface, output, scale }: DotsProps) {
  const rows = new Set(trace.value?.batch_rows ?? []);
  // In the colours of the outputs; beside a hidden unit, by the middle of the targets.
  const [from, to] = scale ? [scale.from, scale.to] : points.targets;
  const middle = (from + to) / 2;
  return (
    <g class="surface-dots" style={{ '--unit': `${(surface.size - 1) / 100}px` }}>
      {points.x.map((point, place) => {
        const [x, y] = placeIn(surface, point);
        const target = points.y[place]?.[output] ?? 0;
        const kind = `${target > middle ? 'above' : 'below'}${points.held_out[place] ? ' held-out' : ''}${rows.has(place * points.every) ? ' in-batch' : ''}`;
        return (
          <circle key={place} class={kind} cx={x} cy={y} r={(surface.size - 1) * 0.009}>
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
}

/** What the colours stand for. */
function Legend({ scale: { from, to }, level }: { scale: Scale; level: number | null }) {
  const { negative, zero, positive } = palette.value;
  const gradient = `linear-gradient(to right, ${css(negative)}, ${css(zero)}, ${css(positive)})`;
  return (
    <div class="surface-legend" aria-hidden="true">
      <span>{plain(from)}</span>
      <i style={{ background: gradient }} />
      <span>{plain(to)}</span>
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
