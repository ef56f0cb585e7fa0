import { MathML } from '../maths/MathML';
import { type MathElement, mi, row } from '../maths/markup';
import { lookedAt, workedOn } from '../state/matrices';
import { EquationTitle } from './EquationTitle';
import type { Equation, Part } from './equations';
import { HeatMatrix } from './HeatMatrix';
import { ImageNote } from './ImageNote';
import { LossEntry } from './LossEntry';
import { bandsOf } from './meeting';
import { nameMath } from './names';
import { isSet } from './room';
import { SetMatrix } from './SetMatrix';

/** An equation twice: in symbols, and below each symbol its numbers. */
export function EquationView({ equation }: { equation: Equation }) {
  if (equation.kind === 'images') return <ImageNote layer={equation.layer} />;
  const bands = bandsOf(equation, lookedAt.value);
  const id = `equation-${equation.id.replaceAll(' ', '-')}`;
  return (
    <section
      class={workedOn.value === equation.id ? 'equation current' : 'equation'}
      aria-labelledby={id}
      data-equation={equation.id}
    >
      <header>
        <MathML class="in-symbols" of={row(...equation.parts.map(symbolOf))} />
        <EquationTitle id={id} equation={equation} />
      </header>
      <div class="in-numbers">
        {groupsOf(equation.parts).map(({ sign, place }) => {
          const part = equation.parts[place];
          return (
            <div class="term" key={place}>
              {sign && <MathML class="sign-between" of={sign} />}
              {part?.kind === 'loss' && <LossEntry />}
              {part?.kind === 'matrix' &&
                (isSet(part.matrix) ? (
                  <SetMatrix matrix={part.matrix} band={bands[place] ?? null} result={place === 0} />
                ) : (
                  <HeatMatrix matrix={part.matrix} band={bands[place] ?? null} result={place === 0} />
                ))}
            </div>
          );
        })}
      </div>
    </section>
  );
}

function symbolOf(part: Part): MathElement {
  if (part.kind === 'loss') return mi('ℓ');
  return part.kind === 'sign' ? part.math : nameMath(part.matrix);
}

interface Group {
  sign: MathElement | null;
  /** Of the matrix that follows it; behind the last sign there is none. */
  place: number;
}

/** A sign stays with the matrix that follows it, where a long equation is broken. */
function groupsOf(parts: readonly Part[]): Group[] {
  const groups: Group[] = [];
  parts.forEach((part, place) => {
    if (part.kind === 'sign') {
      if (place === parts.length - 1) groups.push({ sign: part.math, place: -1 });
      return;
    }
    const before = parts[place - 1];
    groups.push({ sign: before?.kind === 'sign' ? before.math : null, place });
  });
  return groups;
}
