import { exact, lossDigits, lossPrecision } from '../numbers/format';
import { NumberText } from '../ui/NumberText';

const CROSS = 'M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5';

/** The mark of a failure, so that it is not shown by colour alone. */
export function Cross({ x, y }: { x: number; y: number }) {
  return (
    <g class="cross" transform={`translate(${x} ${y})`}>
      <path class="around" d={CROSS} />
      <path d={CROSS} />
    </g>
  );
}

/** A power of ten, as axes and scales name it: 10⁻⁴, and 1. */
export function Power({ of }: { of: number }) {
  if (of === 0) return <>1</>;
  return (
    <>
      10<sup>{String(of).replace('-', '−')}</sup>
    </>
  );
}

/** ε in the maths face; text for a screen reader. */
export function Epsilon() {
  return (
    <math>
      <mi>ε</mi>
    </math>
  );
}

/** A loss next to one that differs from it by about ε: with enough digits to show the difference. */
export function LossText({ loss, epsilon }: { loss: number; epsilon: number }) {
  const digits = lossDigits(loss, epsilon);
  if (digits === null) return <NumberText value={loss} precision={lossPrecision(loss, epsilon)} />;
  return (
    <span class="number" title={exact(loss)} data-value={exact(loss)}>
      {digits}
    </span>
  );
}
