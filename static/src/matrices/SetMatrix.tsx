import { useMemo, useRef } from 'preact/hooks';
import { samplesIn } from '../model/given';
import { release, select, setHover } from '../state/moves';
import { cursor, pieces, sample, trace } from '../state/store';
import { texts } from '../texts';
import { useGridKeys } from '../ui/grid';
import { Entry, MatrixCaption } from './Entry';
import { columnRooms } from './fitting';
import { type Matrix, type Place, refsAt } from './matrix';
import { spokenName } from './names';
import { type Band, isInBand, isOfStep, isReached, progressOf } from './progress';
import './set.css';

const words = texts.matrices;

interface Props {
  matrix: Matrix;
  /** The part of it that takes part in the computation of the current entry. */
  band: Band | null;
  /** Whether it is the equation's result: only there the numbers of the step are marked. */
  result: boolean;
}

/** A typeset matrix: in brackets, its numbers aligned at the decimal points, with the samples counted beside it. */
export function SetMatrix({ matrix, band, result }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const rooms = useMemo(() => columnRooms(matrix), [matrix]);
  const { rows, columns, samples } = matrix;
  const { here, setHere, onKeyDown } = useGridKeys(rows, columns, {
    point: (place) => setHover(refsAt(matrix, place)),
    choose: (place) => {
      for (const ref of refsAt(matrix, place)) select(ref);
    },
    by: ['Enter'],
    leave: release,
    moved: ([row, column]) =>
      table.current?.querySelector<HTMLElement>(`td[data-row="${row}"][data-column="${column}"]`)?.focus(),
  });
  const progress = progressOf(trace.value?.stages ?? [], cursor.value, pieces.value, matrix);
  const batch = (trace.value ? samplesIn(trace.value) : 1) > 1;
  const [beside, above] = [batch && samples === 'rows', batch && samples === 'columns'];
  const at = ({ target }: Event): Place | null => {
    const cell = (target as Element).closest<HTMLElement>('td');
    return cell ? [Number(cell.dataset.row), Number(cell.dataset.column)] : null;
  };
  const point = (event: Event) => {
    setHover(refsAt(matrix, at(event)));
  };
  return (
    <figure class="operand">
      <table
        ref={table}
        class="set-matrix"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern, one stop of Tab and arrow keys within.
        role="grid"
        aria-label={words.label(spokenName(matrix, words), rows, columns)}
        aria-description={words.hint}
        onKeyDown={onKeyDown}
        onPointerOver={point}
        onPointerLeave={() => setHover([])}
        onFocusIn={(event) => {
          const place = at(event);
          if (place) setHere(place);
          point(event);
        }}
        onFocusOut={() => setHover([])}
        onClick={(event) => {
          for (const ref of refsAt(matrix, at(event))) select(ref);
        }}
      >
        {above && (
          <thead>
            <tr>
              {Array.from({ length: columns }, (_, column) => (
                <SampleHead
                  key={column}
                  number={matrix.first + column + 1}
                  shown={matrix.first + column === sample.value}
                  scope="col"
                />
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr key={row} class={beside && matrix.first + row === sample.value ? 'shown' : undefined}>
              {beside && (
                <SampleHead number={matrix.first + row + 1} shown={matrix.first + row === sample.value} scope="row" />
              )}
              {rooms.map((room, column) => (
                <Entry
                  key={column}
                  matrix={matrix}
                  row={row}
                  column={column}
                  room={room}
                  reached={isReached(progress, matrix, row, column)}
                  ofStep={result && isOfStep(progress, matrix, row, column)}
                  meets={isInBand(band, row, column)}
                  stop={row === here[0] && column === here[1]}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <MatrixCaption matrix={matrix} />
    </figure>
  );
}

/** The sample of a row, or of a transposed column. */
function SampleHead({ number, shown, scope }: { number: number; shown: boolean; scope: 'row' | 'col' }) {
  return (
    <th scope={scope} class={shown ? 'matrix-sample shown' : 'matrix-sample'} title={words.sample(number)}>
      <span class="visually-hidden">{shown ? words.shownSample(number) : words.sample(number)}</span>
      <span aria-hidden="true">{number}</span>
    </th>
  );
}
