import type { Explanation, Trace } from '../api/types';
import { Formula } from '../inspector/Formula';
import { valueAt } from '../lookup';
import { SymbolMath } from '../maths/MathML';
import { symbolOf } from '../maths/names';
import { NumberText } from '../numbers/NumberText';
import { Choice } from '../page/Choice';
import { OtherSample } from '../page/SamplePick';
import { baseOf } from '../refs';
import { isKnown } from '../state/known';
import { awaited, CLOSE_UPS, closeUp, looked, setCloseUp, told } from '../state/maps';
import { trace } from '../state/store';
import { texts } from '../texts';
import { dueAt } from '../timeline/known';
import { ProductView } from './ProductView';
import { Terms } from './Terms';
import { toldBy } from './terms';
import { AroundView, WindowView } from './WindowView';

const words = texts.maps.closeUp;

/**
 * What the number looked at is made of: its window, its filter, the products; or the whole convolution as matrices. Its
 * room is always the same, so that the maps keep their size.
 */
export function CloseUp() {
  const current = trace.value;
  const ref = looked.value ?? awaited.value;
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
          {ref && current && <span class="hint">{stateOf(ref, current)}</span>}
        </p>
        <OtherSample />
        <Choice
          name="maps-close-up"
          words={{ ...words, legend: words.choice }}
          options={CLOSE_UPS}
          chosen={closeUp.value}
          onChoose={setCloseUp}
        />
      </header>
      {ref && current && <Content of={ref} trace={current} />}
    </section>
  );
}

/** What the number says of itself, where nothing has computed it. */
function stateOf(ref: string, of: Trace): string | null {
  if (looked.value === null) return words.start;
  if (!isKnown(ref)) return words.notReached;
  return dueAt(of, ref) === 0 ? words.given : null;
}

function Content({ of: ref, trace: current }: { of: string; trace: Trace }) {
  if (closeUp.value === 'matrix') return <ProductView trace={current} of={ref} />;
  if (!isKnown(ref)) {
    return (
      <div class="made-of">
        <WindowView trace={current} of={ref} />
        {isKnown(baseOf(ref)) && <AroundView trace={current} of={baseOf(ref)} caption={words.values} />}
      </div>
    );
  }
  // The last explanation stays until the next has come, so that the page does not flicker.
  return told.value && <Made of={told.value} trace={current} />;
}

function Made({ of: explanation, trace: current }: { of: Explanation; trace: Trace }) {
  const { ref, expression } = explanation;
  const terms = toldBy(explanation);
  if (terms) {
    return (
      <div class="made-of">
        <WindowView trace={current} of={ref} />
        <Terms of={terms} />
      </div>
    );
  }
  const given = 'ref' in expression && expression.ref === ref;
  return (
    <div class="made-of">
      {!given && <Formula of={explanation} />}
      <AroundView trace={current} of={ref} caption={words.around} />
    </div>
  );
}
