import type { Trace } from '../api/types';
import { NumberText } from '../numbers/NumberText';
import { isKnown } from '../state/known';
import { light } from '../state/moves';
import { lit } from '../state/store';
import { texts } from '../texts';
import { around, type Neighbour, type WindowCell, windowAt } from './window';

const words = texts.maps.closeUp;

/** The window and the filter, number against number. */
export function WindowView({ trace, of }: { trace: Trace; of: string }) {
  const found = windowAt(trace, of);
  if (!found) return null;
  const { channels, seen, bias } = found;
  return (
    <div class="windows">
      {seen.map(({ channel, window, filter }) => (
        <div class="pair" key={channel}>
          {channels > 1 && <p class="hint">{words.channel(channel + 1, channels)}</p>}
          <Grid of={window} caption={words.window} />
          {filter && <span class="operator">·</span>}
          {filter && <Grid of={filter} caption={words.kernel} kernel />}
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

/** What stands about a number that is not made of a window. */
export function AroundView({ trace, of, caption }: { trace: Trace; of: string; caption: string }) {
  const found = around(trace, of);
  return found && <Grid of={found} caption={caption} />;
}

interface GridProps {
  of: (WindowCell | Neighbour)[][];
  caption: string;
  kernel?: boolean;
}

function Grid({ of, caption, kernel = false }: GridProps) {
  return (
    <table class={kernel ? 'number-grid kernel' : 'number-grid'}>
      <caption>{caption}</caption>
      <tbody>
        {of.map((row, r) => (
          <tr key={r}>
            {row.map((cell, c) => (
              <Cell key={c} of={cell} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ of }: { of: WindowCell | Neighbour }) {
  const { ref, value } = of;
  if (ref === null) {
    return (
      <td class="padding" title={words.padding}>
        0
      </td>
    );
  }
  const marked = 'won' in of ? of.won && 'won' : of.own && 'own';
  return (
    <td
      class={marked || (lit.value.includes(ref) ? 'bright' : undefined)}
      onPointerEnter={() => light([ref])}
      onPointerLeave={() => light([])}
    >
      {isKnown(ref) ? (
        <NumberText value={value} of={ref} precision={4} />
      ) : (
        <span title={texts.diagram.notReached}>·</span>
      )}
    </td>
  );
}
