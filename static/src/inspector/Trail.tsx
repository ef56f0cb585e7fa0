import { SymbolMath } from '../maths/MathML';
import { symbolOf } from '../maths/names';
import { spoken } from '../maths/symbol';
import { goBack, goBackTo, release } from '../state/moves';
import { selected, trace, trail } from '../state/store';
import { texts } from '../texts';
import { pointing } from './lit';

const words = texts.inspector;

/** The way that led here, from number to number; each of them leads back. */
export function Trail() {
  const current = trace.value;
  if (!selected.value || !current) return null;
  const steps = trail.value;
  return (
    <div class="trail">
      {steps.length > 1 && (
        <nav aria-label={words.trail}>
          <ol>
            {steps.map((ref, place) => {
              const symbol = symbolOf(current, ref);
              const last = place === steps.length - 1;
              return (
                // The same number may be met twice on the way.
                <li key={`${place} ${ref}`}>
                  <button
                    type="button"
                    class="crumb"
                    aria-current={last ? 'location' : undefined}
                    aria-label={spoken(symbol)}
                    title={last ? spoken(symbol) : words.backTo(spoken(symbol))}
                    onClick={() => goBackTo(place)}
                    {...pointing(ref)}
                  >
                    <SymbolMath of={symbol} />
                  </button>
                </li>
              );
            })}
          </ol>
        </nav>
      )}
      <p class="ways">
        {steps.length > 1 && (
          <button type="button" class="link" title={words.backTitle} onClick={goBack}>
            ← {words.back}
          </button>
        )}
        <button type="button" class="link" title={words.releaseTitle} onClick={release}>
          {words.release}
        </button>
      </p>
    </div>
  );
}
