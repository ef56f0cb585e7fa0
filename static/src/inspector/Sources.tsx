import type { Leaf } from '../api/types';
import { SymbolMath } from '../maths/MathML';
import { spoken } from '../maths/symbol';
import { plain } from '../numbers/format';
import { isExplained } from '../refs';
import { follow } from '../state/moves';
import { texts } from '../texts';
import { isLit, pointing } from './lit';

/** More sources than this are not listed; the formula itself shows few more. */
const MOST = 24;

/**
 * What a formula is made of, as links. To assistive technology a formula is one whole with nothing to press in it, so
 * the way to its parts by keyboard is beside it.
 */
export function Sources({ of }: { of: Leaf[] }) {
  const sources = of.filter(({ ref }) => isExplained(ref)).slice(0, MOST);
  if (sources.length === 0) return null;
  return (
    <p class="sources">
      <span>{texts.inspector.from}</span>
      {sources.map(({ ref, symbol, value }, place) => (
        // Keyed by place: from step to step the links change in place, and the focus stays where it is.
        <button
          key={place}
          type="button"
          class={isLit(ref) ? 'source lit' : 'source'}
          title={texts.inspector.explain(spoken(symbol), plain(value))}
          aria-label={texts.inspector.explain(spoken(symbol), plain(value))}
          onClick={() => follow(ref)}
          {...pointing(ref)}
        >
          <SymbolMath of={symbol} />
        </button>
      ))}
    </p>
  );
}
