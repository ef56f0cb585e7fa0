import { spoken } from '../maths/symbol';
import { isFrozen } from '../model/given';
import { symbolOf } from '../model/refs';
import { leadOf } from '../numbers/format';
import { isKnown, valueInWords } from '../state/known';
import { trace } from '../state/store';
import { runningSum } from '../state/telling';
import { texts } from '../texts';
import { SpokenLock } from '../ui/Lock';
import { MathML, SymbolMath } from '../ui/MathML';
import { NumberText } from '../ui/NumberText';
import type { ColumnRoom } from './fitting';
import { type Choice, choiceIn, type Matrix, type Place, refAt, valueIn } from './matrix';
import { nameMath } from './names';
import { litRefs, selectedRef, settledRefs, termRefs } from './state';

const words = texts.matrices;

interface Props {
  matrix: Matrix;
  row: number;
  column: number;
  room: ColumnRoom;
  reached: boolean;
  ofStep: boolean;
  /** Whether it takes part in the computation of the current entry. */
  meets: boolean;
  /** Whether it is the Tab stop. */
  stop: boolean;
}

/** One number of a matrix; empty until it has been computed. */
export function Entry({ matrix, row, column, room, reached, ofStep, meets, stop }: Props) {
  const ref = refAt(matrix, row, column);
  const known = reached || (ref !== null && settledRefs.value.has(ref));
  const value = valueIn(matrix, row, column);
  const sofar = ref !== null && runningSum.value?.ref === ref && !known ? runningSum.value.sofar : null;
  const shown = known ? value : sofar;
  const choice = choiceAt(matrix, row, column);
  const states = [
    column === 0 && 'open',
    column === matrix.columns - 1 && 'close',
    row === 0 && 'top',
    row === matrix.rows - 1 && 'bottom',
    shown === null && 'unknown',
    ofStep && 'of-step',
    meets && 'meets',
    ref === null && 'padding',
    ref !== null && termRefs.value.has(ref) && 'term-now',
    ref !== null && litRefs.value.has(ref) && 'lit',
    ref !== null && selectedRef.value === ref && 'selected',
    choice && (choice.chosen ? 'chosen' : 'passed-over'),
  ];
  const rounded = ref !== null && matrix.rounding.has(ref);
  const text = known ? valueInWords(value, ref) : texts.diagram.notReached;
  const name = nameOf(ref);
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: in a grid, a td is a gridcell.
    <td
      class={states.filter(Boolean).join(' ')}
      data-row={row}
      data-column={column}
      data-entry={ref ?? undefined}
      tabIndex={stop ? 0 : -1}
      aria-selected={ref !== null && selectedRef.value === ref}
      aria-label={texts.matrices.cell(name, withChoice(text, choice), row + 1, column + 1)}
      title={known ? (ref === null ? name : undefined) : texts.diagram.notReached}
      style={{ '--room': room.lead + room.tail, '--in': shown === null ? 0 : room.lead - leadOf(rounded ? 0 : shown) }}
    >
      {shown === null ? (
        <span class="empty" />
      ) : (
        <span class={known ? 'figure' : 'figure sofar'}>
          <NumberText value={shown} of={known ? ref : null} fixed={room.fixed} />
        </span>
      )}
    </td>
  );
}

/** Which number of its window was selected, once the layer has computed it. */
export function choiceAt(matrix: Matrix, row: number, column: number): Choice | null {
  const choice = choiceIn(matrix, row, column);
  return choice && isKnown(choice.by) ? choice : null;
}

function withChoice(text: string, choice: Choice | null): string {
  return choice ? texts.matrices[choice.chosen ? 'isChosen' : 'isPassedOver'](text) : text;
}

/** The name for screen readers. */
function nameOf(ref: string | null): string {
  if (ref === null) return texts.maps.closeUp.padding;
  return trace.value ? spoken(symbolOf(trace.value, ref)) : ref;
}

/** The number under the pointer or the keyboard cursor: its symbol, its value, its place. */
export function Reading({ matrix, at, known }: { matrix: Matrix; at: Place | null; known: boolean }) {
  if (!at || !trace.value) return <p class="reading quiet-text">{words.point}</p>;
  const ref = refAt(matrix, at[0], at[1]);
  return (
    <p class="reading">
      {ref === null ? nameOf(ref) : <SymbolMath of={symbolOf(trace.value, ref)} />}
      {' = '}
      {known ? (
        <NumberText value={valueIn(matrix, at[0], at[1])} of={ref} />
      ) : (
        <span class="quiet-text">{texts.diagram.notReached}</span>
      )}
      <span class="quiet-text where">{words.place(at[0] + 1, at[1] + 1)}</span>
      {ref && <code>{ref}</code>}
    </p>
  );
}

/** The same as text for screen readers. */
export function readingOf(matrix: Matrix, at: Place, known: boolean): string {
  const ref = refAt(matrix, at[0], at[1]);
  const text = known ? valueInWords(valueIn(matrix, at[0], at[1]), ref) : texts.diagram.notReached;
  return words.cell(nameOf(ref), withChoice(text, choiceAt(matrix, at[0], at[1])), at[0] + 1, at[1] + 1);
}

/** The caption above a matrix: its symbol and its size. */
export function MatrixCaption({ matrix }: { matrix: Matrix }) {
  return (
    <figcaption>
      <MathML of={nameMath(matrix)} />
      {isFrozen(trace.value, matrix.tensor) && <SpokenLock name={texts.names.frozen} />}
      <span class="matrix-size">{texts.matrices.size(matrix.rows, matrix.columns)}</span>
    </figcaption>
  );
}
