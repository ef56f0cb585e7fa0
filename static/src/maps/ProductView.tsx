import type { Trace } from '../api/types';
import { NumberText } from '../numbers/NumberText';
import { parseRef } from '../refs';
import { isKnown } from '../state/known';
import { light } from '../state/moves';
import { texts } from '../texts';
import { type Entry, type Lines, productFor } from './im2col';

const words = texts.maps.matrix;

/** The convolution as one product of matrices, with the row and the column lit that meet in the chosen output. */
export function ProductView({ trace, of }: { trace: Trace; of: string }) {
  const ref = parseRef(of);
  const layer = trace.layers.find(({ name }) => name === ref?.name);
  const product = ref?.part === 'output' && layer ? productFor(trace, layer, ref.index) : null;
  if (!product) return <p class="hint">{words.onlyConvolution}</p>;
  const { patches, filters, outputs, places, taps, count, bias } = product;
  return (
    <div class="im2col">
      <div class="product-row">
        <Matrix of={patches} caption={words.patches(places, taps)} />
        <span class="operator">·</span>
        <Matrix of={filters} caption={words.filters(taps, count)} />
        <span class="operator">
          {bias && (
            <>
              + <NumberText value={bias.value} of={bias.ref} precision={3} />
            </>
          )}{' '}
          =
        </span>
        <Matrix of={outputs} caption={words.outputs(places, count)} />
      </div>
      <p class="hint">{words.why(places, taps, count)}</p>
    </div>
  );
}

function Matrix({ of, caption }: { of: Lines; caption: string }) {
  return (
    <table class="number-grid dense">
      <caption>{caption}</caption>
      <tbody>
        {of.map((row, r) => (
          <tr key={r}>
            {row.map((entry, c) => (
              <Cell key={c} of={entry} whole={row.every((one) => one === null)} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ of, whole }: { of: Entry | null; whole: boolean }) {
  if (of === null) return <td class="gap">{whole ? '⋮' : '⋯'}</td>;
  const { ref, value, lit } = of;
  const name = [lit && 'bright', ref === null && 'padding'].filter(Boolean).join(' ');
  if (ref === null) {
    return (
      <td class={name} title={texts.maps.closeUp.padding}>
        0
      </td>
    );
  }
  return (
    <td class={name} onPointerEnter={() => light([ref])} onPointerLeave={() => light([])}>
      {isKnown(ref) ? (
        <NumberText value={value} of={ref} precision={3} />
      ) : (
        <span title={texts.diagram.notReached}>·</span>
      )}
    </td>
  );
}
