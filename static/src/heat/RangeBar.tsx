import { exact } from '../numbers/format';
import { inShort } from './in-short';
import { colourOf, css, type Palette } from './paint';
import type { Range } from './range';
import './range.css';

/** The colours of a scale from its smallest number to its largest. */
export function RangeBar({ range, palette, label }: { range: Range; palette: Palette; label: string }) {
  const stops = SHARES.map((share) => css(colourOf(range.low + (range.high - range.low) * share, range, palette)));
  return (
    <div class="range">
      <i style={{ background: `linear-gradient(to right, ${stops.join()})` }} />
      <p title={label}>
        {[range.low, range.high].map((value, place) => (
          <span key={place} class="number" title={exact(value)}>
            {inShort(value, DIGITS)}
          </span>
        ))}
      </p>
    </div>
  );
}

/** Of the smallest and the largest number; all of them are told on hover. */
const DIGITS = 3;
const SHARES = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
