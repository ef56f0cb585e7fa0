import { inWords, sentenceOf } from '../maths/sentences';
import { isFrozen } from '../model/given';
import { trace } from '../state/store';
import { texts } from '../texts';
import { SpokenLock } from '../ui/Lock';
import { MathML } from '../ui/MathML';
import type { Equation } from './equations';
import type { Matrix } from './matrix';
import { nameMath } from './names';

/** The title of an equation in words, and its law in the chapter. */
export function EquationTitle({ id, equation: { law, title } }: { id: string; equation: Equation }) {
  return (
    <h4 id={id}>
      {law && <strong>{inWords(sentenceOf(law))}</strong>} {inWords(sentenceOf(title))}
    </h4>
  );
}

/** The caption above it: its symbol and its size. */
export function MatrixCaption({ matrix }: { matrix: Matrix }) {
  return (
    <figcaption>
      <MathML of={nameMath(matrix)} />
      {isFrozen(trace.value, matrix.tensor) && <SpokenLock name={texts.names.frozen} />}
      <span class="matrix-size">{texts.matrices.size(matrix.rows, matrix.columns)}</span>
    </figcaption>
  );
}
