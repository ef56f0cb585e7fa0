import { useRef } from 'preact/hooks';
import type { Explanation, MatrixForm, MatrixLine } from '../api/types';
import { pieces } from '../maths/breaking';
import { el, type MathElement, mo, row, upright } from '../maths/markup';
import { spoken } from '../maths/symbol';
import { typesetNumber, typesetSymbol, typesetZero } from '../maths/typeset-leaf';
import { leaves } from '../model/lookup';
import { type Cell, type Grid, productOf } from '../model/product';
import { isExplained } from '../model/refs';
import { type InColumn, inColumn, leadOf } from '../numbers/format';
import { follow } from '../state/moves';
import { trace } from '../state/store';
import { texts } from '../texts';
import { Aloud, Fold, Line, Sources } from '../ui/Formula';
import { hoverProps, isHighlighted } from '../ui/highlight';
import { MathML } from '../ui/MathML';
import { NumberText } from '../ui/NumberText';
import { Sideways } from '../ui/Sideways';
import './matrix.css';

const words = texts.inspector.matrix;

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
