import { SymbolMath } from '../maths/MathML';
import { symbolOf } from '../maths/names';
import { NumberText } from '../numbers/NumberText';
import { told } from '../state/known';
import { trace } from '../state/store';
import { texts } from '../texts';
import { choiceAt, nameOf, withChoice } from './Entry';
import { type Matrix, type Place, refAt, valueIn } from './matrix';

const words = texts.matrices;

/** The number under the pointer, or where the keys are: its symbol, its value, its place. */
export function Reading({ matrix, at, known }: { matrix: Matrix; at: Place | null; known: boolean }) {
  if (!at || !trace.value) return <p class="reading quiet-text">{words.point}</p>;
  const ref = refAt(matrix, at[0], at[1]);
  return (
    <p class="reading">
      {ref === null ? nameOf(ref, matrix) : <SymbolMath of={symbolOf(trace.value, ref)} />}
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

/** The same for a screen reader. */
export function readingOf(matrix: Matrix, at: Place, known: boolean): string {
  const ref = refAt(matrix, at[0], at[1]);
  const said = known ? told(valueIn(matrix, at[0], at[1]), ref) : texts.diagram.notReached;
  return words.cell(nameOf(ref, matrix), withChoice(said, choiceAt(matrix, at[0], at[1])), at[0] + 1, at[1] + 1);
}
