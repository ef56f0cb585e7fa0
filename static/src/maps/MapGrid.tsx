import { useComputed } from '@preact/signals';
import { useId, useState } from 'preact/hooks';
import { HereCell } from '../heat/HereCell';
import { areWritten, inCell } from '../heat/in-short';
import { MapCanvas } from '../heat/MapCanvas';
import { colourOf, css, inkOn, type Palette } from '../heat/paint';
import type { Range } from '../heat/range';
import { symbolOf } from '../maths/names';
import { spoken } from '../maths/symbol';
import { memo } from '../memo';
import { exact } from '../numbers/format';
import { isRoundingZero, told } from '../state/known';
import { point } from '../state/maps';
import { select } from '../state/moves';
import { trace } from '../state/store';
import { texts } from '../texts';
import { placeOf, type Size } from './layout';
import { keyOf, refAt, type Slice } from './slices';
import { useMapKeys } from './useMapKeys';
import { framesIn, type Stand, type } from './view';
import { boxOf, cellBox } from './windows';

interface CellNumbersProps {
  slice: Slice;
  values: number[][];
  derivative: string;
  known: number;
  range: Range;
  palette: Palette;
  cell: Size;
  /** The size of its type. */
  type: number;
}

/** The numbers in the cells, where there is room for them. */
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
  /** The cell that the keys are at. */
  focused: readonly [number, number] | null;
}

/** Frames over a map: the cell looked at, the field that it sees, beyond the image where there is padding. */
const Frames = memo(({ of, cell, focused }: FramesProps) => (
  <div class="frames" aria-hidden="true">
    {of.map(({ kind, box }, place) => (
      // By place: from number to number a frame moves.
      <i key={`${kind} ${place}`} class={`frame ${kind}`} style={placeOf(box, cell)} />
    ))}
    {focused && <i class="frame focus" style={placeOf(cellBox(focused), cell)} />}
  </div>
));

interface Props {
  slice: Slice;
  cell: Size;
  /** Of a vector that is cut, fewer than it has. */
  rows: number;
  values: number[][];
  derivative: '' | 'grad' | 'next';
  known: number;
  low: number;
  high: number;
  palette: Palette;
  label: string;
}

/** One map: its picture, its numbers where they fit, frames around what is looked at, and a grid for keys and screen readers. */
export const MapGrid = memo(OneMap);

function OneMap({ slice, cell, rows, values, derivative, known, low, high, palette, label }: Props) {
  const suffix = derivative && `.${derivative}`;
  const { here, ref, go, onKeyDown } = useMapKeys(slice, rows, suffix);
  const [focused, setFocused] = useState(false);
  const frames = useComputed(() => framesIn(keyOf(slice))).value;
  const id = useId();
  const range: Range = { low, high };
  const shown = rows < values.length ? values.slice(0, rows) : values;
  const written = areWritten(shown, cell, type.value);
  const at = (event: PointerEvent | MouseEvent): [number, number] | null => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const place = [
      Math.floor((event.clientY - box.top) / cell.height),
      Math.floor((event.clientX - box.left) / cell.width),
    ] as const;
    const inside = place[0] >= 0 && place[1] >= 0 && place[0] < rows && place[1] < slice.columns;
    return inside ? [place[0], place[1]] : null;
  };
  const { width, height } = placeOf(boxOf(rows, slice.columns), cell);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table of thousands of cells would be slow; only the cell that one is at is there.
    <div
      class={known > 0 ? 'map' : 'map unknown'}
      role="grid"
      aria-label={label}
      aria-description={texts.maps.mapHint}
      aria-rowcount={rows}
      aria-colcount={slice.columns}
      aria-activedescendant={id}
      tabIndex={0}
      data-map={keyOf(slice)}
      style={{ width, height }}
      onPointerMove={(event) => {
        const place = at(event);
        if (place) point(refAt(slice, place[0], place[1], suffix));
      }}
      onPointerLeave={() => point(null)}
      onClick={(event) => {
        const place = at(event);
        if (!place) return;
        go(place);
        select(refAt(slice, place[0], place[1], suffix));
      }}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (!event.currentTarget.matches(':focus-visible')) return;
        setFocused(true);
        point(ref);
      }}
      onBlur={() => {
        setFocused(false);
        point(null);
      }}
    >
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
      <Frames of={frames} cell={cell} focused={focused ? here : null} />
      <HereCell id={id} at={here}>
        {nameOf(ref, values[here[0]]?.[here[1]], here[0] * slice.columns + here[1] < known)}
      </HereCell>
    </div>
  );
}

function nameOf(ref: string, value: number | undefined, known: boolean): string {
  const current = trace.value;
  if (!current) return ref;
  const text = known && value !== undefined ? told(value, ref) : texts.diagram.notReached;
  return texts.maps.cell(spoken(symbolOf(current, ref)), ref, text);
}
