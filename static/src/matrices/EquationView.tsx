import type { ComponentChildren } from 'preact';
import { MathML } from '../maths/MathML';
import { type MathElement, mi, row } from '../maths/markup';
import { lookedAt, workedOn } from '../state/matrices';
import { EquationTitle } from './EquationTitle';
import type { Equation } from './equations';
import { HeatMatrix } from './HeatMatrix';
import { ImageNote } from './ImageNote';
import { LossEntry } from './LossEntry';
import { type Band, bandsOf } from './meeting';
import { nameMath } from './names';
import { chunksOf, type Part } from './parts';
import { isSet } from './room';
import { SetMatrix } from './SetMatrix';

/** An equation twice: in symbols, and below it with its numbers. */
export function EquationView({ equation }: { equation: Equation }) {
  if (equation.kind === 'images') return <ImageNote layer={equation.layer} />;
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
        <MathML class="in-symbols" of={row(...equation.parts.map(symbolOf))} />
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
