import { isFrozen } from '../model/given';
import { catalog, trace } from '../state/store';
import { texts } from '../texts';
import { inPageWords } from '../texts/service-words';
import { SpokenLock } from '../ui/Lock';
import { MathML } from '../ui/MathML';
import type { Equation } from './equations';
import type { Matrix } from './matrix';
import { nameMath } from './names';

const words = texts.matrices;

/** What an equation is, in words, and which law of the chapter. */
export function EquationTitle({ id, equation }: { id: string; equation: Equation }) {
  const { law } = equation;
  return (
    <h4 id={id}>
      {law && <strong>{words.laws[law]}</strong>} {titleOf(equation)}
    </h4>
  );
}

export function titleOf({ title, layer, parameter }: Equation): string {
  const named = layer ? `${texts.layerTitle(layer.type)} ${layer.name}` : '';
  const rule = parameter
    ? titled(catalog.value?.optimizers, trace.value?.document.optimizer.type)
    : titled(catalog.value?.losses, trace.value?.loss.type);
  return words.titles[title](named, layer?.name ?? '', rule, parameter ?? '');
}

/** As in the menus. */
function titled(kinds: readonly { type: string; title: string }[] = [], type = ''): string {
  return inPageWords(kinds.find((one) => one.type === type)?.title ?? type);
}

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
