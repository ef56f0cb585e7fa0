import { exact, plain, widthOf } from '../numbers/format';
import { inShort, LEFT_OUT } from '../numbers/shortNumber';
import { texts } from '../texts';
import { colourOf, css, type Palette, type Range } from './heat';
import './range.css';

interface Props {
  /** The range of the colours. */
  scale: Range;
  /** The range of the known numbers; `null` if no number is known yet. */
  shown: Range | null;
  palette: Palette;
  label?: string;
  /** The available width if both ends must fit in one line, in multiples of their font size. */
  within?: number;
}

/** The colours of a scale, from the smallest shown number to the largest. */
export function RangeBar({ scale, shown, palette, label, within = Infinity }: Props) {
  if (!shown) {
    return (
      <div class="range">
        <i class="unknown" />
        <p title={texts.diagram.notReached} />
      </div>
    );
  }
  const { low, high } = shown;
  const ends = [low, high].map((value) => ({ value, text: inShort(value, DIGITS) }));
  const fit = ends.reduce((width, { text }) => width + widthOf(text), BETWEEN) <= within;
  const stops = SHARES.map((share) => css(colourOf(low + (high - low) * share, scale, palette)));
  return (
    <div class="range">
      <i style={{ background: `linear-gradient(to right, ${stops.join()})` }} />
      <p title={label ?? texts.maps.range(plain(low), plain(high))}>
        {fit
          ? ends.map(({ value, text }, place) => (
              <span key={place} class="number" data-value={exact(value)} title={exact(value)}>
                {text}
              </span>
            ))
          : LEFT_OUT}
      </p>
    </div>
  );
}

/** Digits of the smallest and the largest number; the hover text has all digits. */
const DIGITS = 3;
/** The gap between the two, in multiples of their font size. */
const BETWEEN = 0.4;
const SHARES = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
