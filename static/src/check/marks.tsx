import { exact, lossDigits, lossPrecision } from '../numbers/format';
import { NumberText } from '../ui/NumberText';

const CROSS = 'M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5';

/** The mark of what failed, so that its colour need not say so alone. */
export function Cross({ x, y }: { x: number; y: number }) {
  return (
    <g class="cross" transform={`translate(${x} ${y})`}>
      <path class="around" d={CROSS} />
      <path d={CROSS} />
    </g>
  );
}

/** A power of ten, as axes and scales name them: 10⁻⁴, and 1. */
export function Power({ of }: { of: number }) {
  if (of === 0) return <>1</>;
  return (
    <>
      10<sup>{String(of).replace('-', '−')}</sup>
    </>
  );
}

/** ε as the maths face sets it; text to a screen reader. */
export function Epsilon() {
  return (
    <math>
      <mi>ε</mi>
    </math>
  );
}

/** A loss beside one that differs from it by about ε: with as many digits as it takes to see the difference. */
export function LossText({ loss, epsilon }: { loss: number; epsilon: number }) {
  const digits = lossDigits(loss, epsilon);
  if (digits === null) return <NumberText value={loss} precision={lossPrecision(loss, epsilon)} />;
  return (
    <span class="number" title={exact(loss)} data-value={exact(loss)}>
      {digits}
    </span>
  );
}
