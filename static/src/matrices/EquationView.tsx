import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { type MathElement, mi, row } from '../maths/markup';
import { inWords, sentenceOf } from '../maths/sentences';
import { shapeOf } from '../model/lookup';
import { isKnown } from '../state/known';
import { select } from '../state/moves';
import { sample, trace } from '../state/store';
import { texts } from '../texts';
import { hoverProps } from '../ui/highlight';
import { MathML, SymbolMath } from '../ui/MathML';
import { NumberText } from '../ui/NumberText';
import { Sideways } from '../ui/scrolling';
import { chunksOf, type Equation, type Part } from './equations';
import { HeatMatrix } from './HeatMatrix';
import { isSet } from './matrix';
import { nameMath } from './names';
import { type Band, bandsOf } from './progress';
import { SetMatrix } from './SetMatrix';
import { litRefs, lookedAt, selectedRef, shownTrace, workedOn } from './state';

const words = texts.matrices;

/** An equation twice: in symbols, and below it with its numbers. */
export function EquationView({ equation }: { equation: Equation }) {
  if (equation.parts.length === 0) return <ImageNote equation={equation} />;
  const bands = bandsOf(equation, lookedAt.value);
  const id = `equation-${equation.id.replaceAll(' ', '-')}`;
  const [result, ...chunks] = chunksOf(equation.parts);
  const draw = (places: readonly number[]): ComponentChildren =>
    places.map((place) => (
      <Operand key={place} of={equation.parts[place] as Part} band={bands[place] ?? null} result={place === 0} />
    ));
  return (
    <section
      class={workedOn.value === equation.id ? 'matrix-equation current' : 'matrix-equation'}
      aria-labelledby={id}
      data-equation={equation.id}
    >
      <header>
        <InSymbols of={equation.parts} />
        <EquationTitle id={id} equation={equation} />
      </header>
      <div class="in-numbers">
        <div class="left-side">{draw(result?.places ?? [])}</div>
        {chunks.map(({ relation, places }) => (
          <div class="chunk" key={places[0]}>
            {relation && <MathML class="relation" of={relation} />}
            <div class="factors">{draw(places)}</div>
          </div>
        ))}
      </div>
    </section>
  );
}

/** An optimizer's formula may be wider than a small screen. */
function InSymbols({ of }: { of: readonly Part[] }) {
  const frame = useRef<HTMLDivElement>(null);
  return (
    <Sideways of={frame} arrows={false}>
      {(scrolls) => (
        <div class="in-symbols" ref={frame} tabIndex={scrolls ? 0 : undefined}>
          <MathML of={row(...of.map(symbolOf))} />
        </div>
      )}
    </Sideways>
  );
}

interface OperandProps {
  of: Part;
  band: Band | null;
  result: boolean;
}

function Operand({ of, band, result }: OperandProps) {
  if (of.kind === 'loss') return <LossEntry />;
  if (of.kind === 'sign') return <MathML class="sign-between" of={of.math} />;
  const Matrix = isSet(of.matrix) ? SetMatrix : HeatMatrix;
  return <Matrix matrix={of.matrix} band={band} result={result} />;
}

function symbolOf(part: Part): MathElement {
  if (part.kind === 'loss') return mi('ℓ');
  return part.kind === 'sign' ? part.math : nameMath(part.matrix);
}

/** A layer on images has its matrices in the diagram. */
function ImageNote({ equation }: { equation: Equation }) {
  const { layer } = equation;
  if (!layer) return null;
  const first = [
    sample.value,
    ...shapeOf(trace.value?.tensors[layer.output])
      .slice(1)
      .map(() => 0),
  ];
  return (
    <p class="image-note">
      {inWords(sentenceOf(equation.title))}{' '}
      {/* biome-ignore lint/a11y/useValidAnchor: it leads to the diagram, and on the way selects what is to be seen there. */}
      <a
        href="#diagram"
        onClick={() => {
          select(`${layer.name}.output[${first.join()}]`);
        }}
      >
        {words.openDiagram}
      </a>
    </p>
  );
}

/** The loss is a single number and not a matrix. */
function LossEntry() {
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
        {...hoverProps('loss')}
        onClick={() => select('loss')}
      >
        <span class="visually-hidden">{texts.roles.loss} </span>
        {known ? (
          <NumberText value={shownTrace.value?.loss.value ?? Number.NaN} of="loss" />
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

/** The title of an equation in words, and its law in the chapter. */
function EquationTitle({ id, equation: { law, title } }: { id: string; equation: Equation }) {
  return (
    <h4 id={id}>
      {law && <strong>{inWords(sentenceOf(law))}</strong>} {inWords(sentenceOf(title))}
    </h4>
  );
}
