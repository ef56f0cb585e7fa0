import type { Trace } from '../api/types';
import { NumberText } from '../numbers/NumberText';
import { texts } from '../texts';
import { NumberGrid } from './NumberGrid';
import { around, windowAt } from './window';

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

/** What stands about a number that is not made of a window. */
export function AroundView({ trace, of, caption }: { trace: Trace; of: string; caption: string }) {
  const found = around(trace, of);
  return found && <NumberGrid of={found} caption={caption} />;
}
