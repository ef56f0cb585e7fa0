import { exact, plain } from '../numbers/format';
import { texts } from '../texts';
import { inShort } from './in-short';
import { colourOf, css, type Palette } from './paint';
import type { Range } from './range';
import './range.css';

interface Props {
  /** What the colours go by. */
  scale: Range;
  /** The numbers that are known; `null` where none is, as nothing is told of what is still to come. */
  shown: Range | null;
  palette: Palette;
  label?: string;
}

/** The colours of a scale from the smallest number that is shown to the largest. */
export function RangeBar({ scale, shown, palette, label }: Props) {
  if (!shown) {
    return (
      <div class="range">
        <i class="unknown" />
        <p title={texts.diagram.notReached} />
      </div>
    );
  }
  const { low, high } = shown;
  const stops = SHARES.map((share) => css(colourOf(low + (high - low) * share, scale, palette)));
  return (
    <div class="range">
      <i style={{ background: `linear-gradient(to right, ${stops.join()})` }} />
      <p title={label ?? texts.maps.range(plain(low), plain(high))}>
        {[low, high].map((value, place) => (
          <span key={place} class="number" data-value={exact(value)} title={exact(value)}>
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
