import type { Trace } from '../api/types';
import { valueAt } from '../lookup';
import { symbolOf } from '../maths/names';
import { spoken } from '../maths/symbol';
import { memo } from '../memo';
import { plain } from '../numbers/format';
import { partial } from '../state/partial';
import { texts } from '../texts';
import { reached } from '../timeline/reached';
import type { Focus } from './focus';
import { between, type Layout, RADIUS, TRUTH_HALF } from './layout';
import { Progress, VALUE_WIDTH } from './Node';
import { truthRef } from './owners';
import { Part } from './Part';
import { SvgNumber, SvgSymbol } from './SvgText';

interface Props {
  trace: Trace;
  layout: Layout;
  focus: Focus;
  cursor: number;
}

/** What the network is measured by: the truths, beside their outputs, and the loss that compares the two. */
export function Goal({ trace, layout, focus, cursor }: Props) {
  const outputs = layout.nodes.filter(({ node }) => node.role === 'output');
  return (
    <>
      {layout.truths.map(({ unit, ...truth }, place) => {
        const output = outputs[place];
        const { from, to } = between(truth, layout.loss, TRUTH_HALF + 2, RADIUS + 4);
        const current = focus.truths.has(unit) ? `current ${focus.flow}` : '';
        return (
          <g key={truthRef(trace.sample, unit)} class={`comparison ${current}`}>
            {output && <path d={`M${output.x + RADIUS} ${output.y}H${truth.x - TRUTH_HALF}`} />}
            <path d={`M${from.x} ${from.y}L${to.x} ${to.y}`} />
            {current && (
              <path
                key={cursor}
                class={`flow ${focus.flow}`}
                pathLength={1}
                d={`M${(output?.x ?? truth.x) + RADIUS} ${truth.y}H${truth.x}L${to.x} ${to.y}`}
              />
            )}
          </g>
        );
      })}
      {layout.truths.map((truth) => (
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
  // The sample is chosen for the whole picture; in it a label needs none.
  const label = symbolOf(trace, ref).replace(/\^\[\d+\]$/, '');
  const name = [`${texts.roles.truth} ${spoken(label)}`, ...(value === null ? [] : [texts.names.value(plain(value))])];
  return (
    <Part
      id={`truth-${unit}`}
      selects={ref}
      label={name.join(', ')}
      class={`truth${current ? ' current' : ''}`}
      x={x}
      y={y}
    >
      <rect class="ring" x={-TRUTH_HALF - 4} y={-28} width={2 * TRUTH_HALF + 8} height={56} rx={6} />
      <rect class="body" x={-TRUTH_HALF} y={-24} width={2 * TRUTH_HALF} height={48} rx={2} />
      <g class={value === null ? 'caption' : 'caption valued'}>
        <SvgSymbol of={label} size={21} />
      </g>
      {value !== null && <SvgNumber class="value" of={ref} value={value} y={16} within={VALUE_WIDTH} />}
    </Part>
  );
});

function Loss({ trace, cursor, current, x, y }: Omit<TruthProps, 'unit'> & { cursor: number }) {
  const known = reached(trace.stages, cursor, 'loss');
  const sum = !known && partial.value?.ref === 'loss' ? partial.value : null;
  const value = sum?.sofar ?? trace.loss.value;
  const name = `${texts.roles.loss}, ${known ? texts.names.value(plain(value)) : texts.diagram.notReached}`;
  return (
    <Part id="loss" selects="loss" label={name} class={`loss${current ? ' current' : ''}`} x={x} y={y}>
      <circle class="ring" r={RADIUS + 5} />
      <circle class="body" r={RADIUS} />
      {sum && <Progress share={sum.done / sum.terms} />}
      <g class={known || sum ? 'caption valued' : 'caption'}>
        <SvgSymbol of="ℓ" size={24} />
      </g>
      {(known || sum) && (
        <SvgNumber class="value" of="loss" value={value} y={18} within={VALUE_WIDTH} partial={sum !== null} />
      )}
    </Part>
  );
}
