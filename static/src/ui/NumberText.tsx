import { exact, shown } from '../numbers/format';
import { isRoundingZero } from '../state/known';
import { texts } from '../texts';

interface Props {
  value: number;
  of?: string | null;
  /** Whether it is 0 by hand, where it need not be a number of the newest training step; else that step says so. */
  rounded?: boolean;
  /** Other than six digits. */
  precision?: number;
  /** Beside others that it is compared with. */
  fixed?: boolean;
}

/** A number in running text or a table: six digits, and all of them on hover. For zeros by rounding, the hover text has the exact value. */
export function NumberText({ value, of, rounded = isRoundingZero(of), precision, fixed = false }: Props) {
  const { digits, exponent } = shown(value, precision, fixed);
  if (rounded) return <RoundedZero value={value} of={of} />;
  return (
    <span class="number" title={exact(value)} data-value={exact(value)} data-ref={of ?? undefined}>
      {digits}
      {exponent !== null && <Power exponent={exponent} />}
    </span>
  );
}

function RoundedZero({ value, of }: Pick<Props, 'value' | 'of'>) {
  return (
    <span class="number" title={exact(value)} data-value={exact(value)} data-ref={of ?? undefined}>
      0 <small class="rounding">{texts.rounding}</small>
    </span>
  );
}

function Power({ exponent }: { exponent: number }) {
  return (
    <>
      {'\u202f×\u202f10'}
      <sup>{String(exponent).replace('-', '−')}</sup>
    </>
  );
}
