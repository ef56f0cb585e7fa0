import { exact, shown } from '../numbers/format';
import { isRoundingZero } from '../state/known';
import { texts } from '../texts';

interface Props {
  value: number;
  of?: string | null;
  /** Whether it is a zero by rounding, needed if it may be from another training step than the newest. */
  rounded?: boolean;
  /** If not six digits. */
  precision?: number;
  /** Whether it is shown for comparison with others. */
  fixed?: boolean;
}

/** A number in running text or a table: six digits, and all digits on hover, for zeros by rounding the exact value. */
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
