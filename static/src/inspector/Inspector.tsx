import { SymbolMath } from '../maths/MathML';
import { goBack, release } from '../state/moves';
import { selected, trace, trail } from '../state/store';
import { texts } from '../texts';
import { failure, subject, target } from './explained';
import { QuantityPart } from './QuantityPart';
import './inspector.css';
import { canonical } from '../refs';

const words = texts.inspector;

export function Inspector() {
  const shown = subject.value;
  const names = trace.value?.layers.map(({ name }) => name) ?? [];
  const wanted = target.value ? canonical(names, target.value) : null;
  return (
    <aside class="inspector" aria-labelledby="inspector-title">
      <h2 id="inspector-title" class="visually-hidden">
        {words.title}
      </h2>
      {shown ? (
        <>
          <header class="subject">
            <p class="eyebrow">{selected.value ? words.selected : words.current}</p>
            <h3>
              <SymbolMath of={shown.symbol} /> <span class="role">{texts.roles[shown.role]}</span>
            </h3>
            <Trail />
          </header>
          {shown.quantities.map((quantity) => (
            <QuantityPart key={quantity.ref} quantity={quantity} subject={shown} wanted={quantity.ref === wanted} />
          ))}
          {failure.value && (
            <p role="alert" class="message">
              {failure.value}
            </p>
          )}
        </>
      ) : (
        <Start />
      )}
    </aside>
  );
}

function Trail() {
  if (!selected.value) return null;
  return (
    <div class="trail">
      {trail.value.length > 1 && (
        <button type="button" class="link" title={words.backTitle} onClick={goBack}>
          ← {words.back}
        </button>
      )}
      <button type="button" class="link" title={words.releaseTitle} onClick={release}>
        {words.release}
      </button>
    </div>
  );
}

function Start() {
  return (
    <div class="reading">
      <h3>{words.start.heading}</h3>
      {words.start.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
