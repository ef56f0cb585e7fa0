import { pointing } from '../inspector/lit';
import { SymbolMath } from '../maths/MathML';
import { NumberText } from '../numbers/NumberText';
import { isKnown } from '../state/known';
import { litRefs, selectedRef, workedOn } from '../state/matrices';
import { select } from '../state/moves';
import { trace } from '../state/store';
import { texts } from '../texts';

/** The loss is no matrix: one number. */
export function LossEntry() {
  const known = isKnown('loss');
  const states = [
    'loss-entry',
    litRefs.value.has('loss') && 'lit',
    selectedRef.value === 'loss' && 'selected',
    workedOn.value === 'loss' && 'of-step',
  ];
  return (
    <figure class="operand">
      <button
        type="button"
        class={states.filter(Boolean).join(' ')}
        title={known ? undefined : texts.diagram.notReached}
        {...pointing('loss')}
        onClick={() => select('loss')}
      >
        <span class="visually-hidden">{texts.roles.loss} </span>
        {known ? (
          <NumberText value={trace.value?.loss.value ?? Number.NaN} of="loss" />
        ) : (
          <span class="empty">
            <span class="visually-hidden">{texts.diagram.notReached}</span>
          </span>
        )}
      </button>
      <figcaption>
        <SymbolMath of="ℓ" />
      </figcaption>
    </figure>
  );
}
