import type { Trace } from '../api/types';
import { spoken } from '../maths/symbol';
import type { Focus } from '../model/focus';
import { between, type Layout, RADIUS, TRUTH_HALF } from '../model/layout';
import { hasProbabilities, hasTargets, valueAt } from '../model/lookup';
import { truthRef } from '../model/picture';
import { plainSymbol } from '../model/refs';
import { reached } from '../model/results';
import { plain } from '../numbers/format';
import { valueInWords } from '../state/known';
import { runningSum } from '../state/telling';
import { texts } from '../texts';
import { memo } from '../ui/memo';
import { SvgSymbol } from '../ui/SvgSymbol';
import { Progress, sizesIn } from './Node';
import { Part } from './Part';
import { fits, SvgNumber } from './SvgText';
import { faces } from './view';

const TRUTH_HEIGHT = 48;

interface Props {
  trace: Trace;
  layout: Layout;
  focus: Focus;
  cursor: number;
}

/** The targets, if there are any, beside their outputs, and the loss that compares the two. */
export function Goal({ trace, layout, focus, cursor }: Props) {
  const outputs = layout.nodes.filter(({ node }) => node.role === (hasProbabilities(trace) ? 'probability' : 'output'));
  const compares = hasTargets(trace);
  return (
    <>
      {layout.truths.map(({ unit, ...truth }, place) => {
        const output = outputs[place];
        const [start, leave] = compares || !output ? [truth, TRUTH_HALF + 2] : [output, RADIUS];
        const { from, to } = between(start, layout.loss, leave, RADIUS + 4);
        const current = focus.truths.has(unit) ? `current ${focus.flow}` : '';
        return (
          <g key={truthRef(trace.sample, unit)} class={`comparison ${current}`}>
            {output && compares && <path d={`M${output.x + RADIUS} ${output.y}H${truth.x - TRUTH_HALF}`} />}
            <path d={`M${from.x} ${from.y}L${to.x} ${to.y}`} />
            {current && (
              <path
                key={cursor}
                class={`flow ${focus.flow}`}
                pathLength={1}
                d={
                  compares
                    ? `M${(output?.x ?? truth.x) + RADIUS} ${truth.y}H${truth.x}L${to.x} ${to.y}`
                    : `M${from.x} ${from.y}L${to.x} ${to.y}`
                }
              />
            )}
          </g>
        );
      })}
      {compares &&
        layout.truths.map((truth) => (
          <Truth
            key={truthRef(trace.sample, truth.unit)}
            trace={trace}
            current={focus.truths.has(truth.unit)}
            {...truth}
          />
        ))}
      <Loss trace={trace} cursor={cursor} current={focus.loss} {...layout.loss} />
    </>
  );
}

interface TruthProps {
  trace: Trace;
  unit: number;
  current: boolean;
  x: number;
  y: number;
}

const Truth = memo(({ trace, unit, current, x, y }: TruthProps) => {
  const ref = truthRef(trace.sample, unit);
  const value = valueAt(trace, ref);
  // The whole picture shows one sample, so a label need not name it.
  const label = plainSymbol(trace, ref);
  const name = [`${texts.roles.truth} ${spoken(label)}`, ...(value === null ? [] : [texts.names.value(plain(value))])];
  return (
    <Part
      id={`truth-${unit}`}
      selects={ref}
      given={ref}
      label={name.join(', ')}
      class={`truth${current ? ' current' : ''}`}
      x={x}
      y={y}
      pick={
        <rect
          class="pick"
          x={-TRUTH_HALF - 8}
          y={-TRUTH_HEIGHT / 2 - 8}
          width={2 * TRUTH_HALF + 16}
          height={TRUTH_HEIGHT + 16}
          rx={8}
        />
      }
    >
      <rect
        class="ring"
        x={-TRUTH_HALF - 4}
        y={-TRUTH_HEIGHT / 2 - 4}
        width={2 * TRUTH_HALF + 8}
        height={TRUTH_HEIGHT + 8}
        rx={6}
      />
      <rect class="body" x={-TRUTH_HALF} y={-TRUTH_HEIGHT / 2} width={2 * TRUTH_HALF} height={TRUTH_HEIGHT} rx={2} />
      <Measure part={`truth-${unit}`} label={label} of={ref} value={value} />
    </Part>
  );
});

interface MeasureProps {
  part: string;
  label: string;
  of: string;
  value: number | null;
  partial?: boolean;
}

/**
 * A symbol with its number: within the outline, or below it if the number does not fit; the loss always has it below.
 */
function Measure({ part, label, of, value, partial = false }: MeasureProps) {
  const { far, inside, lines, line, size, width } = faces.value;
  const alone = of === 'loss' && value !== null && (far || !fits(value, sizesIn(faces.value)));
  const shown = far && !alone ? null : value;
  const within = !alone && (inside || lines === 0);
  const rim = of === 'loss' ? RADIUS : TRUTH_HEIGHT / 2;
  // The greatest width, in the circle as in the box.
  const inner = of === 'loss' ? 18 : 16;
  return (
    <>
      <g class={shown !== null && within ? 'caption valued' : 'caption'}>
        <SvgSymbol of={label} size={(of === 'loss' ? 24 : 21) * (inside || far ? 1 : 1.25)} />
      </g>
      {shown !== null &&
        (within ? (
          <SvgNumber class="value" {...{ part, of, partial }} value={shown} y={inner} {...sizesIn(faces.value)} />
        ) : (
          <SvgNumber
            class="beside"
            plate
            {...{ part, of, partial, size }}
            value={shown}
            y={rim + 4 + line}
            within={alone ? undefined : width}
          />
        ))}
    </>
  );
}

function Loss({ trace, cursor, current, x, y }: Omit<TruthProps, 'unit'> & { cursor: number }) {
  const known = reached(trace, cursor, 'loss');
  const sum = !known && runningSum.value?.ref === 'loss' ? runningSum.value : null;
  const value = sum?.sofar ?? trace.loss.value;
  const name = `${texts.roles.loss}, ${known ? texts.names.value(valueInWords(value, 'loss')) : texts.diagram.notReached}`;
  return (
    <Part
      id="loss"
      selects="loss"
      label={name}
      class={`loss${current ? ' current' : ''}`}
      x={x}
      y={y}
      pick={<circle class="pick" r={RADIUS + 9} />}
    >
      <circle class="ring" r={RADIUS + 5} />
      <circle class="body" r={RADIUS} />
      {sum && <Progress share={sum.done / sum.terms} />}
      <Measure part="loss" label="ℓ" of="loss" value={known || sum ? value : null} partial={sum !== null} />
    </Part>
  );
}
