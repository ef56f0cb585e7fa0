import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { CELLS, LAWS } from '../model/choices';
import { samplesIn } from '../model/given';
import { trace } from '../state/store';
import { texts } from '../texts';
import { Choice, SelectRow } from '../ui/choices';
import { Notice, RequestErrorNote } from '../ui/notes';
import { SampleChoice } from '../ui/SamplePick';
import { useFollowed } from '../ui/useFollowed';
import { measured, useMeasured, useResized, useSize } from '../ui/useMeasured';
import { EquationView } from './EquationView';
import { type Equation, resultOf } from './equations';
import { fitted } from './fitting';
import { isSet, TALLEST } from './matrix';
import {
  cells,
  chosenLayer,
  keepEquations,
  law,
  layers,
  refused,
  retry,
  setCells,
  setLaw,
  setLayer,
  shownEquations,
  someAreLarge,
  workedOn,
  working,
} from './state';
import './matrices.css';

const words = texts.matrices;
/** The margins of the equations, with the scroll bar. */
const MARGINS = 72;
const PASSES: readonly Equation['phase'][] = ['forward', 'loss', 'backward', 'update'];

/** The training step as a page of equations: each layer as a product of matrices, forward and backward. */
export function Matrices() {
  const page = useRef<HTMLDivElement>(null);
  useEffect(keepEquations, []);
  useFollowed(page, workedOn.value);
  useResized(page, measured.soon);
  const room = useSize(page)?.width ?? 0;
  const shown = shownEquations.value;
  const batch = (trace.value ? samplesIn(trace.value) : 1) > 1;
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
        aria-busy={working.value}
      >
        <RequestErrorNote of={refused.value} onRetry={retry} />
        {working.value && <p class="hint">{words.working}</p>}
        {PASSES.map((pass) => {
          const own = shown.filter((one) => one.phase === pass);
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
        {trace.value && shown.length === 0 && !working.value && !refused.value && <p class="hint">{words.none}</p>}
        {batch && shown.some(ofImages) && <p class="hint">{words.sampleOfImages}</p>}
        {batch && shown.length > 0 && (
          <p class="hint">{sampled ? words.sampled(trace.value ? samplesIn(trace.value) : 1) : words.samples}</p>
        )}
      </div>
      <Notice />
    </section>
  );
}

const ofImages = ({ parts }: Equation): boolean => parts.some((part) => part.kind === 'matrix' && part.matrix.images);

/**
 * Equations within this distance of the window are drawn too, in CSS pixels; they are removed at twice the distance.
 */
const AHEAD = 500;
/** The height of a line of a typeset matrix, and of its surroundings. */
const LINE = 28;
const AROUND = 120;

/**
 * An equation is drawn only while it is near the visible area: a deep network has hundreds. Others keep their height.
 */
function Near({ equation, children }: { equation: Equation; children: () => ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const height = useRef(guessed(equation));
  const [near] = useMeasured<HTMLDivElement, boolean>(
    place,
    (element, before) => {
      const frame = element.closest('.equations')?.getBoundingClientRect();
      // The view is hidden.
      if (!frame || frame.height === 0) return before;
      const own = element.getBoundingClientRect();
      const away = Math.max(own.top - frame.bottom, frame.top - own.bottom);
      // An equation with the focus stays.
      if (away <= (before ? 2 * AHEAD : AHEAD) || element.contains(document.activeElement)) return true;
      if (before) height.current = own.height;
      return false;
    },
    false,
  );
  return (
    <div ref={place} data-near={equation.id} style={near ? undefined : { height: `${height.current}px` }}>
      {near && children()}
    </div>
  );
}

function guessed(equation: Equation): number {
  const result = resultOf(equation);
  if (!result) return AROUND;
  return AROUND + (isSet(result) ? result.rows * LINE : TALLEST);
}

/** The choices of the law, the layer, and the display of large matrices. */
function Choices() {
  return (
    <div class="matrix-choices">
      <Choice name="matrices-law" words={words.law} options={LAWS} chosen={law.value} onChoose={setLaw} />
      {layers.value.length > 1 && (
        <SelectRow
          class="of-layer"
          label={words.layer}
          title={words.layerTitle}
          value={chosenLayer.value ?? ''}
          options={[
            { value: '', title: words.allLayers },
            ...layers.value.map((name) => ({ value: name, title: name })),
          ]}
          onChoose={(name) => setLayer(name === '' ? null : name)}
        />
      )}
      {someAreLarge.value && (
        <Choice name="matrices-cells" words={words.cells} options={CELLS} chosen={cells.value} onChoose={setCells} />
      )}
      <SampleChoice />
    </div>
  );
}
