import { useComputed } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { spoken } from '../maths/symbol';
import { symbolOf } from '../model/refs';
import { keyOf, refAt, type Slice } from '../model/slices';
import { areWritten, exact, inCell } from '../numbers/format';
import { isRoundingZero, valueInWords } from '../state/known';
import { point } from '../state/maps';
import { release, select } from '../state/moves';
import { trace } from '../state/store';
import { texts } from '../texts';
import { HereCell, usePaintedGrid } from '../ui/grid';
import { colourOf, css, detailOf, inkOn, type Palette, painted, type Range } from '../ui/heat';
import { memo } from '../ui/memo';
import type { Place } from '../ui/roving';
import { placeOf, type Size } from './layout';
import { cellBox } from './links';
import { framesIn, type Stand, type } from './view';

interface CellNumbersProps {
  slice: Slice;
  values: number[][];
  derivative: string;
  known: number;
  range: Range;
  palette: Palette;
  cell: Size;
  /** Their type size. */
  type: number;
}

/** The numbers in the cells, if they fit. */
const CellNumbers = memo(({ slice, values, derivative, known, range, palette, cell, type }: CellNumbersProps) => {
  return (
    <div class="cell-numbers" aria-hidden="true">
      {values.flatMap((row, r) =>
        row.map((value, c) => {
          if (r * slice.columns + c >= known) return null;
          return (
            <span
              key={`${r} ${c}`}
              data-ref={refAt(slice, r, c, derivative)}
              data-value={exact(value)}
              style={{ ...placeOf(cellBox([r, c]), cell), color: css(inkOn(colourOf(value, range, palette))) }}
            >
              {isRoundingZero(refAt(slice, r, c, derivative)) ? '≈ 0' : inCell(value, cell.width, type)}
            </span>
          );
        }),
      )}
    </div>
  );
});

interface FramesProps {
  of: Stand[];
  cell: Size;
  /** The cell of the keyboard cursor. */
  focused: readonly [number, number] | null;
}

/** Frames over a map: the current cell, and its receptive field, which with padding extends beyond the image. */
const Frames = memo(({ of, cell, focused }: FramesProps) => (
  <div class="frames" aria-hidden="true">
    {of.map(({ kind, box }, place) => (
      // By place, so that a frame moves from number to number.
      <i key={`${kind} ${place}`} class={`frame ${kind}`} style={placeOf(box, cell)} />
    ))}
    {focused && <i class="frame focus" style={placeOf(cellBox(focused), cell)} />}
  </div>
));

interface Props {
  slice: Slice;
  cell: Size;
  /** The number of rows drawn, which is smaller for a vector that is cut. */
  rows: number;
  values: number[][];
  derivative: '' | 'grad' | 'next';
  known: number;
  low: number;
  high: number;
  palette: Palette;
  label: string;
}

/**
 * One map: its picture, its numbers if they fit, frames around the current cells, and a grid for keyboard and screen
 * readers.
 */
export const MapGrid = memo(OneMap);

function OneMap({ slice, cell, rows, values, derivative, known, low, high, palette, label }: Props) {
  const suffix = derivative && `.${derivative}`;
  const refOf = ([row, column]: Place) => refAt(slice, row, column, suffix);
  const { grid, id, here, focused } = usePaintedGrid(
    { rows, columns: slice.columns, cell, label, hint: texts.maps.mapHint },
    {
      point: (place) => point(place && refOf(place)),
      choose: (place) => select(refOf(place)),
      by: ['Enter', ' '],
      leave: release,
    },
  );
  const frames = useComputed(() => framesIn(keyOf(slice))).value;
  const range: Range = { low, high };
  const shown = rows < values.length ? values.slice(0, rows) : values;
  const written = areWritten(shown, cell, type.value);
  return (
    <div {...grid} class={known > 0 ? 'map' : 'map unknown'} data-map={keyOf(slice)}>
      <MapCanvas values={shown} known={known} low={low} high={high} palette={palette} cell={cell} written={written} />
      {written && (
        <CellNumbers
          slice={slice}
          values={shown}
          derivative={suffix}
          known={known}
          range={range}
          palette={palette}
          cell={cell}
          type={type.value}
        />
      )}
      <Frames of={frames} cell={cell} focused={focused} />
      <HereCell id={id} at={here}>
        {nameOf(refOf(here), values[here[0]]?.[here[1]], here[0] * slice.columns + here[1] < known)}
      </HereCell>
    </div>
  );
}

function nameOf(ref: string, value: number | undefined, known: boolean): string {
  const current = trace.value;
  if (!current) return ref;
  const text = known && value !== undefined ? valueInWords(value, ref) : texts.diagram.notReached;
  return texts.maps.cell(spoken(symbolOf(current, ref)), ref, text);
}

interface MapCanvasProps {
  values: number[][];
  known: number;
  low: number;
  high: number;
  palette: Palette;
  cell: Size;
  /** Whether its numbers are written on it, with their signs; otherwise negative ones have a dash. */
  written: boolean;
}

/** The picture of a map, painted again only when its numbers, colours or size change. */
const MapCanvas = memo(({ values, known, low, high, palette, cell, written }: MapCanvasProps) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [across, down] = [cell.width, cell.height];
  const columns = values[0]?.length ?? 0;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || columns === 0) return;
    const detail = detailOf(values.length, columns, across, down);
    const { pixels, width, height } = painted(values, known, { low, high }, palette, detail, !written);
    canvas.current.width = width;
    canvas.current.height = height;
    context.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [values, known, low, high, palette, across, down, columns, written]);
  return <canvas ref={canvas} />;
});
