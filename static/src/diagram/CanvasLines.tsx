import { useLayoutEffect, useRef } from 'preact/hooks';
import { isDark } from '../state/theme';
import type { Resting } from './edge-states';
import { type Inks, inksAt, paint } from './paint';
import { space } from './space';
import { strokesOf } from './strokes';
import { view } from './zoom';

/** The lines as one drawing, where there are too many to be parts of the page each. */
export function CanvasLines({ lines }: { lines: readonly Resting[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const inks = useRef<Inks | null>(null);
  const { width, height } = space.value;
  const [seen, dark] = [view.value, isDark.value];
  const density = globalThis.devicePixelRatio || 1;
  // To ask for a style is to have all styles settled: once for each theme.
  useLayoutEffect(() => {
    inks.current = canvas.current && inksAt(canvas.current);
  }, [dark]);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context && inks.current) paint(context, strokesOf(lines), inks.current, seen, density);
  }, [lines, seen, dark, width, height, density]);
  return (
    <canvas
      class="plane lines"
      ref={canvas}
      width={Math.round(width * density)}
      height={Math.round(height * density)}
      data-lines={lines.length}
    />
  );
}
