import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Warning } from '../api/types';
import { requestError, trace } from '../state/store';
import { texts } from '../texts';

/** Few networks have a warning: its code is loaded with the first one. */
const shown = signal<typeof import('./OneWarning')['OneWarning'] | null>(null);

interface Props {
  /** Whether each warning names its layer; beside the layer itself the name would be repeated. */
  named?: boolean;
  /** Selects the warnings. */
  at: (warning: Warning) => boolean;
}

/** Each warning as an unobtrusive sign; when opened, it shows its text and remedies. */
export function Warnings({ at, named = false }: Props) {
  // After a refusal the numbers belong to an older network, and so do its warnings.
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

/** All warnings, beside the picture. */
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
    // The server is unreachable; the next network with a warning requests the code again.
  }
}
