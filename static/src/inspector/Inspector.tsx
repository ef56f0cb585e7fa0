import { NOTATIONS, type Notation } from '../api/types';
import { spoken } from '../maths/symbol';
import { isOfImages } from '../model/lookup';
import { canonical, symbolOf } from '../model/refs';
import { focusRef, type Inspected, inspected, selection, selectionPath } from '../state/attention';
import { busy, failure } from '../state/explanations';
import { goBack, goBackTo, release, select, setNotation, step, toEnd } from '../state/moves';
import { openExample } from '../state/network';
import { cursor, examples, notation, trace } from '../state/store';
import { openView } from '../state/view';
import { texts } from '../texts';
import { LinkButton } from '../ui/buttons';
import { Choice } from '../ui/choices';
import { hoverProps } from '../ui/highlight';
import { later } from '../ui/Later';
import { SymbolMath } from '../ui/MathML';
import { LocalizedText } from '../ui/notes';
import { NumericCheck } from './NumericCheck';
import { QuantityPart } from './QuantityPart';
import './inspector.css';
import '../ui/formula.css';

const words = texts.inspector;
const StuckNote = later<{ of: string }>(() => import('../ui/stuck').then(({ StuckNote }) => StuckNote));

export function Inspector() {
  const current = inspected.value;
  const layers = trace.value?.layers ?? [];
  const focused = focusRef.value ? canonical(layers, focusRef.value) : null;
  return (
    <aside
      class="inspector"
      aria-labelledby="inspector-title"
      aria-busy={busy}
      // Without a control in it, the keyboard could not scroll it.
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
            // The key is the kind and not the ref, so that the numbers change in place from step to step.
            <QuantityPart
              key={quantity.kind}
              quantity={quantity}
              shown={current}
              focused={canonical(layers, quantity.ref) === focused}
            />
          ))}
          {current.subject.quantities.every(({ kind }) => kind !== 'gradient') && (
            <NumericCheck subject={current.subject} symbol={null} known={false} explained={0} />
          )}
          {failure.value && (
            <p role="alert" class="message">
              <LocalizedText text={failure.value} />
            </p>
          )}
        </>
      ) : (
        <Start />
      )}
    </aside>
  );
}

/** The trail from number to number; each entry leads back. */
function Trail() {
  const current = trace.value;
  if (!selection.value || !current) return null;
  const steps = selectionPath.value;
  return (
    <div class="trail">
      {steps.length > 1 && (
        <nav aria-label={words.trail}>
          <ol>
            {steps.map((ref, place) => {
              const symbol = symbolOf(current, ref);
              const last = place === steps.length - 1;
              return (
                // The trail may contain the same number twice.
                <li key={`${place} ${ref}`}>
                  <button
                    type="button"
                    class="crumb"
                    aria-current={last ? 'location' : undefined}
                    aria-label={spoken(symbol)}
                    title={last ? spoken(symbol) : words.backTo(spoken(symbol))}
                    onClick={() => goBackTo(place)}
                    {...hoverProps(ref)}
                  >
                    <SymbolMath of={symbol} />
                  </button>
                </li>
              );
            })}
          </ol>
        </nav>
      )}
      <p class="ways">
        {steps.length > 1 && (
          <LinkButton title={words.backTitle} onClick={goBack}>
            ← {words.back}
          </LinkButton>
        )}
        <LinkButton title={words.releaseTitle} onClick={release}>
          {words.release}
        </LinkButton>
      </p>
    </div>
  );
}

/** The notation of formulas. One that the shown numbers do not have is disabled; an earlier choice is kept. */
function NotationChoice({ of: { explanations } }: { of: Inspected }) {
  const offered = new Set<Notation>([...explanations.values()].flatMap(({ notations }) => notations));
  if (offered.size < 2) return null;
  const chosen = offered.has(notation.value) ? notation.value : 'scalar';
  return (
    <Choice
      name="notation"
      class="notation"
      untitled
      words={words.notation}
      options={NOTATIONS}
      chosen={chosen}
      barred={(one) => (offered.has(one) ? null : words.notation.none)}
      onChoose={setNotation}
    />
  );
}

/** An example in which the gradient of one weight is 0, and that weight. */
const QUESTION = { slug: 'dead-relu', ref: 'fc_1.w[0,1]' };

/** Before anything is selected: the purpose of the page, how to read the picture, and three ways to begin. */
function Start() {
  const lines = trace.value && isOfImages(trace.value) ? words.start.images : words.start.lines;
  const hasQuestion = examples.value.some(({ slug }) => slug === QUESTION.slug);
  return (
    <div class="start">
      <h3>{words.start.promise}</h3>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {trace.value && (
        <ul>
          {cursor.value === 0 && <Way title={words.start.first} go={() => step(1)} />}
          {hasQuestion && <Way title={words.start.question} go={() => void ask()} />}
          <Way title={words.start.check} go={() => openView('check')} />
        </ul>
      )}
    </div>
  );
}

function Way({ title, go }: { title: string; go: () => void }) {
  return (
    <li>
      <LinkButton onClick={go}>{title}</LinkButton>
    </li>
  );
}

async function ask(): Promise<void> {
  await openExample(QUESTION.slug);
  toEnd();
  select(QUESTION.ref);
}
