import { useLayoutEffect, useRef } from 'preact/hooks';
import { memo } from '../memo';
import type { Size } from '../size';
import { detailOf, type Palette, painted } from './paint';

interface Props {
  values: number[][];
  known: number;
  low: number;
  high: number;
  palette: Palette;
  cell: Size;
  /** Whether its numbers are written on it, with their signs; else negative ones have a dash. */
  written: boolean;
}

/** The picture of a map, painted again only when its numbers, its colours or its size are others. */
export const MapCanvas = memo(({ values, known, low, high, palette, cell, written }: Props) => {
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
