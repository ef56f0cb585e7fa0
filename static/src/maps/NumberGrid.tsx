import { NumberText } from '../numbers/NumberText';
import { isKnown } from '../state/known';
import { light } from '../state/moves';
import { lit } from '../state/store';
import { texts } from '../texts';
import type { Cell, Lines } from './window';

interface Props {
  of: Lines;
  caption: string;
  /** A `dense` one is part of a product: what is lit in it stays as it is. */
  kind?: 'kernel' | 'dense' | undefined;
}

/** A small matrix of numbers of the network; what is left out is dots. */
export function NumberGrid({ of, caption, kind }: Props) {
  return (
    <table class={`number-grid ${kind ?? ''}`}>
      <caption>{caption}</caption>
      <tbody>
        {of.map((row, r) => (
          <tr key={r}>
            {row.map((cell, c) =>
              cell ? (
                <OneCell key={c} of={cell} dense={kind === 'dense'} />
              ) : (
                <td key={c} class="gap">
                  {row.every((one) => one === null) ? '⋮' : '⋯'}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OneCell({ of: { ref, value, mark }, dense }: { of: Cell; dense: boolean }) {
  if (ref === null) {
    return (
      <td class={`${mark ?? ''} padding`} title={texts.maps.closeUp.padding}>
        0
      </td>
    );
  }
  const bright = !dense && lit.value.includes(ref) ? 'bright' : undefined;
  return (
    <td class={mark ?? bright} onPointerEnter={() => light([ref])} onPointerLeave={() => light([])}>
      {isKnown(ref) ? (
        <NumberText value={value} of={ref} precision={dense ? 3 : 4} />
      ) : (
        <span title={texts.diagram.notReached}>·</span>
      )}
    </td>
  );
}
