import { isFrozen } from '../model/given';
import { trace } from '../state/store';
import { texts } from '../texts';
import { SpokenLock } from '../ui/Lock';
import { MathML } from '../ui/MathML';
import type { Matrix } from './matrix';
import { nameMath } from './names';

/** What stands above it: its symbol and its size. */
export function MatrixCaption({ matrix }: { matrix: Matrix }) {
  return (
    <figcaption>
      <MathML of={nameMath(matrix)} />
      {isFrozen(trace.value, matrix.tensor) && <SpokenLock name={texts.names.frozen} />}
      <span class="matrix-size">{texts.matrices.size(matrix.rows, matrix.columns)}</span>
    </figcaption>
  );
}
