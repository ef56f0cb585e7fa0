import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Warning } from '../api/types';
import { requestError, trace } from '../state/store';
import { texts } from '../texts';

/** Few networks have a warning: what shows one is loaded with the first. */
const shown = signal<typeof import('./OneWarning')['OneWarning'] | null>(null);

interface Props {
  /** Whether each is called by its layer; where they stand at the layer that would be said twice. */
  named?: boolean;
  /** Which of them stand here. */
  at: (warning: Warning) => boolean;
}

/** What does not suit, as a quiet sign each; opened, it says what, and offers what helps. */
export function Warnings({ at, named = false }: Props) {
  // While something is refused the numbers are those of an older network, and so are its warnings.
  const found = requestError.value?.kind === 'refused' ? [] : (trace.value?.warnings ?? []).filter(at);
  const OneWarning = shown.value;
  useEffect(() => {
    if (found.length > 0 && !OneWarning) void load();
  }, [found.length, OneWarning]);
  if (!OneWarning) return null;
  return (
    <>
      {found.map((warning) => (
        <OneWarning key={warning.where + warning.message.key} warning={warning} named={named} />
      ))}
    </>
  );
}

/** All of them, beside the picture. */
export function PictureWarnings() {
  if (!trace.value?.warnings.length) return null;
  return (
    <section class="picture-warnings" aria-label={texts.warnings.group}>
      <Warnings at={() => true} named />
    </section>
  );
}

async function load(): Promise<void> {
  try {
    const { OneWarning } = await import('./OneWarning');
    shown.value = OneWarning;
  } catch {
    // The server is gone; the next network with a warning asks for it again.
  }
}
