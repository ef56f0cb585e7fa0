import { SymbolMath } from '../maths/MathML';
import { spoken } from '../maths/symbol';
import { plain } from '../numbers/format';
import { NumberText } from '../numbers/NumberText';
import { isKnown } from '../state/known';
import { hover, select } from '../state/moves';
import { selected, trace } from '../state/store';
import { texts } from '../texts';

/** The loss, at the end of the row. */
export function LossCircle() {
  const value = trace.value?.loss.value ?? Number.NaN;
  const known = isKnown('loss');
  const name = `${spoken('ℓ')}, ${known ? texts.names.value(plain(value)) : texts.diagram.notReached}`;
  return (
    <button
      type="button"
      class={selected.value === 'loss' ? 'map-loss selected' : 'map-loss'}
      aria-label={name}
      aria-pressed={selected.value === 'loss'}
      onClick={() => select('loss')}
      onPointerEnter={() => hover('loss')}
      onPointerLeave={() => hover(null)}
    >
      <SymbolMath of="ℓ" />
      {known && <NumberText value={value} of="loss" />}
    </button>
  );
}
