import type { Verdict as Kind } from '../api/check';
import { texts } from '../texts';

/** ✓, ✗, a corner for a kink, a wave for what cannot be told: no two alike in shape. */
const MARKS: Record<Kind, string> = {
  agrees: 'M3 8.5l3.5 3.5L13 4.5',
  differs: 'M4 4l8 8M12 4l-8 8',
  kink: 'M2 4h6l5 9',
  undecided: 'M2 9c2-4 4-4 6 0s4 4 6 0',
};

/** A verdict by shape and by word; that something agrees is written out where it is `told`. */
export function Verdict({ of, told = false }: { of: Kind; told?: boolean }) {
  return (
    <span class={`verdict-mark ${of}`}>
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d={MARKS[of]} />
      </svg>
      <span class={of === 'agrees' && !told ? 'visually-hidden' : 'word'}>{texts.check.verdicts[of]}</span>
    </span>
  );
}
