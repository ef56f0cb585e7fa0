import type { Trace } from '../api/types';
import { hover } from '../state/attention';
import { isKnown } from '../state/known';
import { setHover } from '../state/moves';
import { texts } from '../texts';
import { NumberText } from '../ui/NumberText';
import { around, type Cell, type Lines, productFor, windowAt } from './window';

const words = texts.maps.closeUp;

/** The window and the filter, side by side. */
export function WindowView({ trace, of }: { trace: Trace; of: string }) {
  const found = windowAt(trace, of);
  if (!found) return null;
  const { channels, seen, bias } = found;
  return (
    <div class="windows">
      {seen.map(({ channel, window, filter }) => (
        <div class="pair" key={channel}>
          {channels > 1 && <p class="hint">{words.channel(channel + 1, channels)}</p>}
          <NumberGrid of={window} caption={words.window} />
          {filter && <span class="operator">·</span>}
          {filter && <NumberGrid of={filter} caption={words.kernel} kind="kernel" />}
        </div>
      ))}
      {channels > seen.length && <p class="hint">{words.channels(channels - seen.length)}</p>}
      {bias && (
        <p class="bias">
          + {words.bias} <NumberText value={bias.value} of={bias.ref} precision={4} />
        </p>
      )}
    </div>
  );
}

/** The neighbours of a number that is not computed from a window. */
export function AroundView({ trace, of, caption }: { trace: Trace; of: string; caption: string }) {
  const found = around(trace, of);
  return found && <NumberGrid of={found} caption={caption} />;
}

/** The convolution as one matrix product; the row and the column of the chosen output are highlighted. */
export function ProductView({ trace, of }: { trace: Trace; of: string }) {
  const product = productFor(trace, of);
  if (!product) return <p class="hint">{texts.maps.matrix.onlyConvolution}</p>;
  const { patches, filters, outputs, places, taps, count, bias } = product;
  return (
    <div class="im2col">
      <div class="product-row">
        <NumberGrid of={patches} caption={texts.maps.matrix.patches(places, taps)} kind="dense" />
        <span class="operator">·</span>
        <NumberGrid of={filters} caption={texts.maps.matrix.filters(taps, count)} kind="dense" />
        <span class="operator">
          {bias && (
            <>
              + <NumberText value={bias.value} of={bias.ref} precision={3} />
            </>
          )}{' '}
          =
        </span>
        <NumberGrid of={outputs} caption={texts.maps.matrix.outputs(places, count)} kind="dense" />
      </div>
      <p class="hint">{texts.maps.matrix.why(places, taps, count)}</p>
    </div>
  );
}

interface Props {
  of: Lines;
  caption: string;
  /** A `dense` one is part of a product: its highlighting does not change. */
  kind?: 'kernel' | 'dense' | undefined;
}

/** A small matrix of numbers of the network; dots mark omitted lines. */
function NumberGrid({ of, caption, kind }: Props) {
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
  const bright = !dense && hover.value.includes(ref) ? 'bright' : undefined;
  return (
    <td class={mark ?? bright} onPointerEnter={() => setHover([ref])} onPointerLeave={() => setHover([])}>
      {isKnown(ref) ? (
        <NumberText value={value} of={ref} precision={dense ? 3 : 4} />
      ) : (
        <span title={texts.diagram.notReached}>·</span>
      )}
    </td>
  );
}
