import type { Explanation, Path, PathsForm } from '../api/types';
import { spoken } from '../maths/symbol';
import { isExplained } from '../model/refs';
import { areFixed } from '../numbers/format';
import { follow, setHover } from '../state/moves';
import { texts } from '../texts';
import { MoreButton, Result } from '../ui/Formula';
import { hoverProps, isHighlighted } from '../ui/highlight';
import { SymbolMath } from '../ui/MathML';
import { NumberText } from '../ui/NumberText';
import './paths.css';

const words = texts.inspector.paths;

/**
 * All paths from the number to the loss, the largest contribution first, each as a chain of factors with their running
 * product.
 */
export function PathList({ of, form: { count, remainder, items } }: { of: Explanation; form: PathsForm }) {
  const fixed = areFixed(items.map(({ value }) => value));
  return (
    <div class="formula paths">
      <p class="count">{words.count(count)}</p>
      <ol>
        {items.map((path, rank) => (
          <PathItem key={path.refs.join(' ')} path={path} rank={rank + 1} fixed={fixed} zeros={of.zeros} />
        ))}
      </ol>
      {items.length < count && <MoreButton of={of.ref} words={words.more(count - items.length)} total={remainder} />}
      <Result of={of} />
    </div>
  );
}

interface ItemProps {
  path: Path;
  rank: number;
  fixed: boolean;
  zeros: Explanation['zeros'];
}

function PathItem({ path: { refs, factors, running, value }, rank, fixed, zeros }: ItemProps) {
  // The units and the weights on the path.
  const way = [...refs, ...factors.flatMap(({ ref }) => (ref ? [ref] : []))];
  return (
    <li
      class={way.every(isHighlighted) ? 'path lit' : 'path'}
      onPointerEnter={() => setHover(way)}
      onPointerLeave={() => setHover([])}
    >
      <span class="rank">{rank}</span>
      <span class="weight">
        <NumberText value={value} fixed={fixed} />
      </span>
      <ol class="hops">
        {factors.map(({ symbol, value: factor, ref }, place) => (
          // A chain may contain the same kind of factor twice.
          <li key={`${place} ${symbol}`} class="hop">
            {ref && isExplained(ref) ? (
              <button
                type="button"
                class="source"
                aria-label={texts.inspector.explain(spoken(symbol), String(factor))}
                onClick={() => follow(ref)}
                {...hoverProps(...way)}
              >
                <SymbolMath of={symbol} />
              </button>
            ) : (
              <span class="source">
                <SymbolMath of={symbol} />
              </span>
            )}
            <span class="factor">
              {place > 0 && '· '}
              {place > 0 && factor < 0 ? '(' : ''}
              <NumberText value={factor} of={ref} rounded={ref !== null && (zeros?.has(ref) ?? false)} />
              {place > 0 && factor < 0 ? ')' : ''}
            </span>
            {place > 0 && (
              <span class="running">
                = <NumberText value={running[place] ?? Number.NaN} />
              </span>
            )}
          </li>
        ))}
      </ol>
    </li>
  );
}
