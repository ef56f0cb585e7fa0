import type { Trace } from '../api/types';
import { NumberText } from '../numbers/NumberText';
import { texts } from '../texts';
import { NumberGrid } from './NumberGrid';
import { productFor } from './window';

const words = texts.maps.matrix;

/** The convolution as one product of matrices, with the row and the column lit that meet in the chosen output. */
export function ProductView({ trace, of }: { trace: Trace; of: string }) {
  const product = productFor(trace, of);
  if (!product) return <p class="hint">{words.onlyConvolution}</p>;
  const { patches, filters, outputs, places, taps, count, bias } = product;
  return (
    <div class="im2col">
      <div class="product-row">
        <NumberGrid of={patches} caption={words.patches(places, taps)} kind="dense" />
        <span class="operator">·</span>
        <NumberGrid of={filters} caption={words.filters(taps, count)} kind="dense" />
        <span class="operator">
          {bias && (
            <>
              + <NumberText value={bias.value} of={bias.ref} precision={3} />
            </>
          )}{' '}
          =
        </span>
        <NumberGrid of={outputs} caption={words.outputs(places, count)} kind="dense" />
      </div>
      <p class="hint">{words.why(places, taps, count)}</p>
    </div>
  );
}
