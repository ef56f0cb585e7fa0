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
      {sources.map(({ ref, symbol, value }) => (
        <button
          key={ref}
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
