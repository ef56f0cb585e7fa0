import type { Trace } from '../api/types';
import { valueAt } from '../lookup';
import { SymbolMath } from '../maths/MathML';
import { symbolOf } from '../maths/names';
import { NumberText } from '../numbers/NumberText';
import { Choice } from '../page/Choice';
import { isKnown } from '../state/known';
import { CLOSE_UPS, closeUp, looked, resting, setCloseUp, told } from '../state/maps';
import { trace } from '../state/store';
import { texts } from '../texts';
import { SentenceText } from '../timeline/SentenceText';
import { ProductView } from './ProductView';
import { Terms } from './Terms';
import { toldBy } from './terms';
import { WindowView } from './WindowView';

const words = texts.maps.closeUp;

/** What the number looked at is made of: its window, its filter, the products; or the whole convolution as matrices. */
export function CloseUp() {
  const ref = looked.value;
  const current = trace.value;
  if (resting.value) return <Resting of={ref} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard.
    <section class="close-up" aria-label={words.title} tabIndex={0}>
      <header>
        <p class="subject">
          {ref && current && <SymbolMath of={symbolOf(current, ref)} />}
          {ref && current && isKnown(ref) && (
            <>
              {' = '}
              <NumberText value={valueAt(current, ref) ?? Number.NaN} of={ref} />
            </>
          )}
          {ref && <code>{ref}</code>}
        </p>
        <WaysChoice />
      </header>
      {ref && current && <Content of={ref} />}
    </section>
  );
}

/** Before the first step nothing has terms yet: one line says what is pointed at, and the maps have the room. */
function Resting({ of: ref }: { of: string | null }) {
  const current = trace.value;
  return (
    <section class="close-up" aria-label={words.title}>
      <header>
        <p class="hint">{ref && current ? <Briefly trace={current} of={ref} /> : words.start}</p>
        <WaysChoice />
      </header>
    </section>
  );
}

function Briefly({ trace: current, of: ref }: { trace: Trace; of: string }) {
  const symbol = { symbol: symbolOf(current, ref), ref };
  const value = { value: valueAt(current, ref) ?? Number.NaN, ref };
  return (
    <>
      <SentenceText of={isKnown(ref) ? words.given(symbol, value) : words.notReached(symbol)} />
      <code>{ref}</code>
    </>
  );
}

function WaysChoice() {
  return (
    <Choice
      name="maps-close-up"
      words={{ ...words, legend: words.choice }}
      options={CLOSE_UPS}
      chosen={closeUp.value}
      onChoose={setCloseUp}
    />
  );
}

function Content({ of: ref }: { of: string }) {
  const current = trace.value;
  if (!current) return null;
  if (closeUp.value === 'matrix') return <ProductView trace={current} of={ref} />;
  const symbol = { symbol: symbolOf(current, ref), ref };
  const value = { value: valueAt(current, ref) ?? Number.NaN, ref };
  if (!isKnown(ref))
    return (
      <p class="hint">
        <SentenceText of={words.notReached(symbol)} />
      </p>
    );
  const explanation = told.value;
  // The last explanation stays until the next has come, so that the page does not flicker.
  if (!explanation) return null;
  const terms = explanation.ref === ref ? toldBy(explanation) : null;
  if (explanation.ref === ref && !terms) {
    const given = 'ref' in explanation.expression && explanation.expression.ref === ref;
    return (
      <p class="hint">
        <SentenceText of={given ? words.given(symbol, value) : words.single(symbol, value)} />
      </p>
    );
  }
  const shown = terms ?? toldBy(explanation);
  return (
    <div class="made-of">
      <WindowView trace={current} of={explanation.ref} />
      {shown && <Terms of={shown} />}
    </div>
  );
}
