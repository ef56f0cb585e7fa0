import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LayerTrace, Matrix } from '../api/types';
import type { Quantity } from '../model/choices';
import { isFrozen } from '../model/given';
import { parseRef, symbolOf } from '../model/refs';
import { plain } from '../numbers/format';
import { hover, selection } from '../state/attention';
import { isKnown } from '../state/known';
import { select, setHover } from '../state/moves';
import { pieces, trace } from '../state/store';
import { texts } from '../texts';
import { colourOf, type Palette, packed, palette, type Range, strength } from '../ui/heat';
import { SpokenLock } from '../ui/Lock';
import { type Band, bandOf, cellAt, factorsOf, type Heat, heatRef, knownWith } from './heat-layout';
import { heats, quantity, scale } from './view';
import { view } from './zoom';

/** A picture of all the weights between two columns, if there are too many lines. */
export function HeatMaps() {
  const { x, y, scale: zoomed } = view.value;
  if (heats.value.length === 0) return null;
  return (
    <div class="plane heats">
      <div class="zoomed" style={{ transform: `translate(${x}px, ${y}px) scale(${zoomed})`, '--zoom': zoomed }}>
        {heats.value.map((heat) => (
          <HeatMap key={heat.layer.name} heat={heat} />
        ))}
      </div>
    </div>
  );
}

function HeatMap({ heat }: { heat: Heat }) {
  const { layer, weights, values, box } = heat;
  const [rows, columns] = [weights.length, weights[0]?.length ?? 0];
  const shown = quantity.value;
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = tableOf({ low: -scale.value, high: scale.value }, palette.value);
  const known = knownColumns(layer, columns, shown, trace.value?.sample ?? 0);
  useLayoutEffect(() => {
    if (canvas.current) paintHeat(canvas.current, values, known, colours);
  });
  const at = (event: PointerEvent | MouseEvent): string | null => {
    const { left, top, width, height } = (event.currentTarget as Element).getBoundingClientRect();
    const cell = cellAt(weights, (event.clientX - left) / width, (event.clientY - top) / height);
    return cell && heatRef(layer, [cell.row, cell.column], shown);
  };
  const pointed = hover.value.find((ref) => parseRef(ref)?.name === layer.name) ?? selection.value;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the Matrices view has these cells for the keyboard.
    <div
      class="heat"
      style={{ left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px` }}
      onPointerMove={(event) => {
        const ref = at(event);
        setHover(ref && isKnown(ref) ? [ref] : []);
      }}
      onPointerLeave={() => setHover([])}
      onClick={(event) => {
        const ref = at(event);
        if (ref) select(ref);
        event.stopPropagation();
      }}
    >
      <canvas
        ref={canvas}
        role="img"
        aria-label={texts.diagram.heat(layer.name, rows, columns)}
        width={columns}
        height={rows}
      />
      {isFrozen(trace.value, `${layer.name}.w`) && <SpokenLock name={texts.names.frozen} />}
      <Bands layer={layer.name} rows={rows} columns={columns} pointed={pointed} />
      <p class="heat-reading">{pointed && <CellReading of={pointed} layer={layer} values={values} />}</p>
    </div>
  );
}

interface BandsProps {
  layer: string;
  rows: number;
  columns: number;
  pointed: string | null;
}

/** The row or column of the current step, and the hovered or selected cell. */
function Bands({ layer, rows, columns, pointed }: BandsProps) {
  const [piece] = pieces.value;
  const band = piece ? bandOf(piece, layer) : null;
  const cell = pointed === null ? null : cellOf(pointed, layer);
  return (
    <>
      {band && <span class="heat-band" style={placed(band, rows, columns)} />}
      {cell && <span class="heat-cell" style={placed(cell, rows, columns)} />}
    </>
  );
}

function CellReading({ of: ref, layer, values }: { of: string; layer: LayerTrace; values: Matrix }) {
  const cell = cellOf(ref, layer.name);
  const value = cell && values[cell.row]?.[cell.column];
  const current = trace.value;
  if (!current || !cell || value === null || value === undefined) return null;
  const at = [cell.row, cell.column] as const;
  const isProduct = quantity.value === 'product';
  if (!isKnown(isProduct ? knownWith(layer, at, 'product', current.sample) : ref)) return null;
  const refs = isProduct ? factorsOf(layer, at, current.sample) : [ref];
  return (
    <>
      {refs.map((one) => symbolOf(current, one)).join(' · ')} = {plain(value)}
    </>
  );
}

function cellOf(ref: string, layer: string): { row: number; column: number } | null {
  const parsed = parseRef(ref);
  const [row, column] = parsed?.index ?? [];
  if (parsed?.name !== layer || parsed.part !== 'w' || row === undefined || column === undefined) return null;
  return { row, column };
}

function placed({ row, column }: Band, rows: number, columns: number) {
  const part = (place: number | null, count: number) =>
    place === null ? [0, 100] : [(100 * place) / count, 100 / count];
  const [top, height] = part(row, rows);
  const [left, width] = part(column, columns);
  return { top: `${top}%`, height: `${height}%`, left: `${left}%`, width: `${width}%` };
}

/** Units are computed one after the other; each completes a column. */
function knownColumns(layer: LayerTrace, columns: number, shown: Quantity, sample: number): number {
  let [low, high] = [0, columns];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isKnown(knownWith(layer, [0, middle], shown, sample))) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Unknown numbers stay transparent. */
function paintHeat(canvas: HTMLCanvasElement, values: Matrix, known: number, colours: Table): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const pixels = new Uint32Array(width * height);
  values.forEach((row, r) => {
    for (let c = 0; c < known; c++) pixels[r * width + c] = colours(row[c] as number);
  });
  context.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), width, height), 0, 0);
}

/** A lookup table of colours: a large matrix has a hundred thousand numbers, but few distinguishable colours. */

const HALF = 64;

type Table = (value: number) => number;

/** Colours as numbers, for values in this range. */
function tableOf(range: Range, palette: Palette): Table {
  const most = Math.max(Math.abs(range.low), Math.abs(range.high));
  const colours = Uint32Array.from({ length: 2 * HALF + 1 }, (_, place) =>
    packed(colourOf(((place - HALF) / HALF) * most, range, palette)),
  );
  const wrong = packed(palette.wrong);
  return (value) =>
    Number.isNaN(value) ? wrong : (colours[Math.round(strength(value, range) * HALF) + HALF] as number);
}
