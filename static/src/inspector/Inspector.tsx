import { SymbolMath } from '../maths/MathML';
import { later } from '../page/Later';
import { Told } from '../page/Told';
import { canonical } from '../refs';
import { busy, failure, shown, target } from '../state/explanations';
import { trace } from '../state/store';
import { texts } from '../texts';
import { NotationChoice } from './NotationChoice';
import { NumericCheck } from './NumericCheck';
import { QuantityPart } from './QuantityPart';
import { Start } from './Start';
import { Trail } from './Trail';
import './inspector.css';
import './formula.css';

const words = texts.inspector;
const StuckNote = later<{ of: string }>(() => import('./StuckNote').then(({ StuckNote }) => StuckNote));

export function Inspector() {
  const current = shown.value;
  const layers = trace.value?.layers ?? [];
  const wanted = target.value ? canonical(layers, target.value) : null;
  return (
    <aside
      class="inspector"
      aria-labelledby="inspector-title"
      aria-busy={busy}
      // Without a control in it, it could not be scrolled by the keyboard.
      tabIndex={current ? undefined : 0}
    >
      <h2 id="inspector-title" class="visually-hidden">
        {words.title}
      </h2>
      {current ? (
        <>
          <header class="subject">
            <p class="eyebrow">{current.selected ? words.selected : words.current}</p>
            <h3>
              <SymbolMath of={current.subject.symbol} /> <span class="role">{texts.roles[current.subject.role]}</span>
            </h3>
            <Trail />
            <NotationChoice of={current} />
          </header>
          {current.subject.quantities[0] && <StuckNote of={current.subject.quantities[0].ref} />}
          {current.subject.quantities.map((quantity) => (
            // By kind and not by ref: from step to step the numbers change in place.
            <QuantityPart
              key={quantity.kind}
              quantity={quantity}
              shown={current}
              wanted={canonical(layers, quantity.ref) === wanted}
            />
          ))}
          {current.subject.quantities.every(({ kind }) => kind !== 'gradient') && (
            <NumericCheck subject={current.subject} symbol={null} known={false} explained={0} />
          )}
          {failure.value && (
            <p role="alert" class="message">
              <Told text={failure.value} />
            </p>
          )}
        </>
      ) : (
        <Start />
      )}
    </aside>
  );
}
