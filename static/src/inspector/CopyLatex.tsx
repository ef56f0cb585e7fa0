import { useEffect, useState } from 'preact/hooks';
import type { Explanation } from '../api/types';
import { texts } from '../texts';

const words = texts.inspector.latex;
/** For how long the button says what happened, in milliseconds. */
const TOLD = 2000;

export function CopyLatex({ of: { latex } }: { of: Explanation }) {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(null), TOLD);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    setSaid((await copied(latex)) ? words.copied : words.failed);
  };
  return (
    <span class="copy">
      <span aria-live="polite">{said}</span>
      <button type="button" class="link" title={words.title} onClick={() => void copy()}>
        {words.copy}
      </button>
    </span>
  );
}

/** Pages that did not come over a secure connection have no clipboard; there a selected text is copied the old way. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'visually-hidden';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
