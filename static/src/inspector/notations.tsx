import { useRef } from 'preact/hooks';
import type { Explanation, MatrixForm, MatrixLine, Path, PathsForm } from '../api/types';
import { pieces } from '../maths/breaking';
import { el, type MathElement, mo, row, upright } from '../maths/markup';
import { spoken } from '../maths/symbol';
import { typesetNumber, typesetSymbol, typesetZero } from '../maths/typeset-leaf';
import { leaves } from '../model/lookup';
import { type Cell, type Grid, productOf } from '../model/product';
import { isExplained } from '../model/refs';
import { areFixed, type InColumn, inColumn, leadOf } from '../numbers/format';
import { follow, setHover } from '../state/moves';
import { trace } from '../state/store';
import { texts } from '../texts';
import { Aloud, Fold, Line, MoreButton, Result, Sources } from '../ui/Formula';
import { hoverProps, isHighlighted } from '../ui/highlight';
import { MathML, SymbolMath } from '../ui/MathML';
import { NumberText } from '../ui/NumberText';
import { Sideways } from '../ui/scrolling';
import './matrix.css';
import './paths.css';

const { explain, matrix: words, paths } = texts.inspector;

/**
 * A product of matrices as in a computation by hand: the right one is above the product, the left one beside it. The
 * row and the column of the explained number are highlighted.
 */
export function MatrixView({ of, form }: { of: Explanation; form: MatrixForm }) {
  const current = trace.value;
  const frame = useRef<HTMLDivElement>(null);
  if (!current) return null;
  const { left, right, result } = productOf(current, form, of);
  return (
    <div class="formula matrices">
      <Aloud of={of} />
      <Sideways of={frame} arrows={false}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard. */}
        <section class="falk-frame" ref={frame} aria-label={`${words.caption}, ${spoken(of.symbol)}`} tabIndex={0}>
          <table class="falk">
            <caption class="visually-hidden">{words.caption}</caption>
            <tbody>
              {right.map((cells, place) => (
                <tr key={`right ${place}`}>
                  {place === 0 && (
                    <td class="corner" rowSpan={right.length} colSpan={(left[0]?.length ?? 1) + 1}>
                      <MathML of={row(nameOf(form.left), mo('·'), nameOf(form.right))} />
                    </td>
                  )}
                  <Cells cells={cells} grid={right} place={place} kind={roleOf(form.right)} />
                </tr>
              ))}
              <tr class="between">
                <td />
              </tr>
              {left.map((cells, place) => (
                <tr key={`left ${place}`}>
                  <Cells cells={cells} grid={left} place={place} kind={roleOf(form.left)} />
                  <td class="space" />
                  <Cells cells={result[place] ?? []} grid={result} place={place} kind="met" />
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Sideways>
      <div class="equation-grid">
        <MathML class="left" of={typesetSymbol(of.symbol, true)} />
        <Line parts={pieces(of.expression, 'numbers')} />
        <Line parts={[of.rounded ? typesetZero(of.value) : typesetNumber(of.value)]} of={of.ref} value={of.value} />
      </div>
      <Fold of={of} />
      <Sources of={leaves(of.expression)} />
    </div>
  );
}

interface CellsProps {
  cells: readonly (Cell | null)[];
  grid: Grid;
  place: number;
  /** The role of its highlighted line: upstream, local, or the product of both. */
  kind: string;
}

/** One row of one of the matrices, with its part of the brackets. */
function Cells({ cells, grid, place, kind }: CellsProps) {
  return (
    <>
      {cells.map((cell, column) => {
        const edge = [
          column === 0 && 'open',
          column === cells.length - 1 && 'close',
          place === 0 && 'top',
          place === grid.length - 1 && 'bottom',
        ];
        // Numbers are aligned at their decimal points.
        const common = inColumn(grid.map((row) => row[column]?.value ?? null));
        const classes = [...edge, cell?.lit && kind].filter(Boolean).join(' ');
        return <Entry key={column} cell={cell} common={common} classes={classes} />;
      })}
    </>
  );
}

interface EntryProps {
  cell: Cell | null;
  common: InColumn;
  classes: string;
}

function Entry({ cell, common, classes }: EntryProps) {
  if (!cell) return <td class={`gap ${classes}`}>…</td>;
  const { ref, value } = cell;
  if (value === null) return <td class={`gap ${classes}`}>·</td>;
  const leads = ref !== null && isExplained(ref);
  return (
    <td
      class={`entry ${classes}${ref && isHighlighted(ref) ? ' lit' : ''}`}
      style={{ '--in': common.lead - leadOf(value) }}
      {...(leads ? { ...hoverProps(ref), onClick: () => follow(ref) } : {})}
    >
      <NumberText value={value} of={ref} fixed={common.fixed} />
    </td>
  );
}

/** The gradient of the result is upstream; its factor is local. */
function roleOf({ tensor }: MatrixLine): string {
  return tensor?.endsWith('.grad') ? 'upstream' : 'local';
}

function nameOf({ symbol, transposed }: MatrixLine): MathElement {
  const bare = symbol.replace(/ᵀ$/, '');
  const name = typesetSymbol(bare, true);
  return transposed || bare !== symbol ? el('msup', row(name), upright('T')) : name;
}

/**
 * All paths from the number to the loss, the largest contribution first, each as a chain of factors with their running
 * product.
 */
export function PathList({ of, form: { count, remainder, items } }: { of: Explanation; form: PathsForm }) {
  const fixed = areFixed(items.map(({ value }) => value));
  return (
    <div class="formula paths">
      <p class="count">{paths.count(count)}</p>
      <ol>
        {items.map((path, rank) => (
          <PathItem key={path.refs.join(' ')} path={path} rank={rank + 1} fixed={fixed} zeros={of.zeros} />
        ))}
      </ol>
      {items.length < count && <MoreButton of={of.ref} words={paths.more(count - items.length)} total={remainder} />}
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
                aria-label={explain(spoken(symbol), String(factor))}
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
