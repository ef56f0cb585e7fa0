import { exact, plain, widthOf } from '../numbers/format';
import { inShort, LEFT_OUT } from '../numbers/shortNumber';
import { texts } from '../texts';
import { colourOf, css, type Palette, type Range } from './heat';
import './range.css';

interface Props {
  /** What the colours go by. */
  scale: Range;
  /** The range of the numbers that are known; `null` where none is known yet. */
  shown: Range | null;
  palette: Palette;
  label?: string;
  /** Where both ends have to have room in one line, how wide it is, as a share of the size of their type. */
  within?: number;
}

/** The colours of a scale from the smallest number that is shown to the largest. */
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
/** Between the two, as a share of the size of their type. */
const BETWEEN = 0.4;
const SHARES = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
