import { exact } from './format';
import { lossDigits, lossPrecision } from './losses';
import { NumberText } from './NumberText';

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
