import { useEffect, useState } from 'preact/hooks';
import type { Explanation } from '../api/types';
import { copied } from '../clipboard';
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
