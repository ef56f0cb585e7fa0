import { useMemo, useRef } from 'preact/hooks';
import { Notice } from '../diagram/Notice';
import { measured } from '../measured';
import { shownEquations, workedOn } from '../state/matrices';
import { trace } from '../state/store';
import { texts } from '../texts';
import { useFollowed } from '../useFollowed';
import { useResized, useSize } from '../useMeasured';
import { Choices } from './Choices';
import { EquationView } from './EquationView';
import type { Equation, Pass } from './equations';
import { fitted } from './fitting';
import { Near } from './Near';
import './matrices.css';
import { samplesOf } from '../rows';

const words = texts.matrices;
/** To the sides of the equations, with what a scroll bar takes. */
const MARGINS = 72;
const PASSES: readonly Pass[] = ['forward', 'loss', 'backward', 'update'];

/** The training step as a page of equations: each layer a product of matrices, forward and backward. */
export function Matrices() {
  const page = useRef<HTMLDivElement>(null);
  useFollowed(page, workedOn.value);
  useResized(page, measured.soon);
  const room = useSize(page)?.width ?? 0;
  const shown = shownEquations.value;
  const batch = (trace.value ? samplesOf(trace.value.document) : 1) > 1;
  const { size, left } = useMemo(() => fitted(shown, room - MARGINS, batch), [shown, room, batch]);
  const sampled = (trace.value?.sampled.length ?? 0) > 0;
  return (
    <section class="matrices-view" aria-labelledby="matrices-title">
      <h2 id="matrices-title" class="visually-hidden">
        {words.title}
      </h2>
      <Choices />
      <div
        class={left === null ? 'equations stacked' : 'equations'}
        ref={page}
        style={{ '--size': `${size}px`, '--left': left ?? 0 }}
      >
        {PASSES.map((pass) => {
          const own = shown.filter((one) => one.pass === pass);
          return (
            own.length > 0 && (
              <section key={pass} class="pass" aria-labelledby={`pass-${pass}`}>
                <h3 id={`pass-${pass}`}>{words.passes[pass]}</h3>
                {own.map((one) => (
                  <Near key={one.id} equation={one}>
                    {() => <EquationView equation={one} />}
                  </Near>
                ))}
              </section>
            )
          );
        })}
        {trace.value && shown.length === 0 && <p class="hint">{words.none}</p>}
        {batch && shown.some(ofImages) && <p class="hint">{words.sampleOfImages}</p>}
        {batch && shown.length > 0 && (
          <p class="hint">
            {sampled ? words.sampled(trace.value ? samplesOf(trace.value.document) : 1) : words.samples}
          </p>
        )}
      </div>
      <Notice />
    </section>
  );
}

const ofImages = ({ parts }: Equation): boolean => parts.some((part) => part.kind === 'matrix' && part.matrix.cells);
