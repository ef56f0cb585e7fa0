import type { Explanation } from '../api/types';
import { NumberText } from '../numbers/NumberText';
import { openMore } from '../state/explanations';
import { texts } from '../texts';
import { parts } from './leaves';

const words = texts.inspector.folded;

/** How many terms a formula leaves out and what they come to; pressing it opens more of them. */
export function Fold({ of: { ref, expression } }: { of: Explanation }) {
  const folded = parts(expression)
    .map((part) => 'folded' in part && part.folded)
    .find(Boolean);
  return folded ? <MoreButton of={ref} words={words.terms(folded.count)} total={folded.value} /> : null;
}

export function MoreButton({ of, words: said, total }: { of: string; words: string; total: number }) {
  return (
    <p class="fold">
      <button type="button" class="link" title={words.title} onClick={() => openMore(of)}>
        … {said} ({words.total} <NumberText value={total} />)
      </button>
    </p>
  );
}
