import { useRef, useState } from 'preact/hooks';
import { inColumn, leadOf, plain } from '../numbers/format';
import { texts } from '../texts';
import { train } from '../texts/train';
import { LinkButton } from '../ui/buttons';
import { Choice } from '../ui/choices';
import { NumberText } from '../ui/NumberText';
import { Axes, type Extent, StepSlider, useReading } from '../ui/plot';
import { useSize } from '../ui/useMeasured';
import { seriesRows } from './csv';
import { type Curve, type Curves, extentOf, hasLog, layCurves } from './curves';
import { nearestStep, type Series, valueAt } from './record';
import { Save } from './Save';

const words = train.curves;
const SCALES = ['linear', 'log'] as const;

interface Props {
  id: string;
  title: string;
  /** What the vertical axis has. */
  quantity: string;
  /** The first one has the training steps that can be opened. */
  curves: readonly Curve[];
  /** The range of the vertical axis, if the numbers themselves do not decide it. */
  within?: Extent;
  /** The training step that is open in the other views. */
  shown: number;
  onOpen: (step: number) => void;
}

/** Quantities of a training by its steps, as a plot or a table; each recorded step can be opened. */
export function CurvePlot({ id, title, quantity, curves, within, shown, onOpen }: Props) {
  const [chosen, setChosen] = useState<(typeof SCALES)[number]>('linear');
  const [asRows, setAsRows] = useState(false);
  const found = extentOf(curves);
  const extent = found && (within ?? found);
  const canLog = extent !== null && hasLog(extent);
  const named = curves.filter(({ name }) => name !== null);
  return (
    <section class="train-panel curve-panel" aria-labelledby={id}>
      <header>
        <h3 id={id}>{title}</h3>
        <ul class="train-legend">
          {named.map(({ kind, name }) => (
            <li key={name}>
              <svg class={`legend-line ${kind}`} viewBox="0 0 24 8" aria-hidden="true">
                <path d="M0 4h24" />
              </svg>
              {name}
            </li>
          ))}
        </ul>
        <span class="spring" />
        {!asRows && !within && (
          <Choice
            name={`${id}-scale`}
            untitled
            words={{ legend: words.scale, names: texts.training.run.scales, titles: texts.training.run.scaleTitles }}
            options={SCALES}
            chosen={canLog ? chosen : 'linear'}
            barred={(one) => (one === 'log' && !canLog ? texts.training.run.noLog : null)}
            onChoose={setChosen}
          />
        )}
        <LinkButton aria-pressed={asRows} onClick={() => setAsRows(!asRows)}>
          {texts.training.run.table}
        </LinkButton>
        <Save title={title} rows={() => seriesRows(curves.map(({ column, series }) => ({ name: column, series })))} />
      </header>
      {asRows ? (
        <Rows title={title} curves={named} shown={shown} onOpen={onOpen} />
      ) : (
        <Plot
          title={title}
          quantity={quantity}
          curves={curves}
          extent={extent}
          scale={canLog ? chosen : 'linear'}
          shown={shown}
          onOpen={onOpen}
        />
      )}
    </section>
  );
}

/** The numbers of more curves than these have two lines. */
const FEW = 3;

type PlotProps = Omit<Props, 'id' | 'within'> & { extent: Extent | null; scale: 'linear' | 'log' };

function Plot({ title, quantity, curves, extent, scale, shown, onOpen }: PlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const room = useSize(frame);
  const reading = useReading();
  const [main] = curves;
  const layout = extent && room && main ? layCurves(curves, extent, scale, room) : null;
  const at = main ? (reading.step ?? nearestStep(main.series, shown)) : null;
  const steps = main?.series.steps ?? [];
  const value = at === null ? words.empty : spoken(curves, at);
  return (
    <div class={curves.filter(({ name }) => name !== null).length > FEW ? 'curve-plot long' : 'curve-plot'}>
      <p class="curve-reading unless-saved" aria-hidden="true">
        {at !== null && <Reading curves={curves} step={at} />}
      </p>
      <StepSlider
        frame={frame}
        class="curve-drawing"
        words={{ label: words.slider(title), hint: words.hint, value }}
        reading={reading}
        at={at}
        least={steps[0] ?? 1}
        most={steps.at(-1) ?? 1}
        places={{ count: steps.length, of: (step) => steps.indexOf(step), step: (place) => steps[place] ?? 1 }}
        stepAt={layout?.stepAt}
        onOpen={onOpen}
      >
        {layout && <Drawing layout={layout} quantity={quantity} at={at} shown={shown} />}
        {!layout && <p class="curve-empty">{words.empty}</p>}
      </StepSlider>
    </div>
  );
}

interface DrawingProps {
  layout: Curves;
  quantity: string;
  at: number | null;
  shown: number;
}

function Drawing({ layout, quantity, at, shown }: DrawingProps) {
  const { width, height, left, right, top, bottom, x } = layout;
  const marked = x(shown);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <Axes
        of={layout}
        x={(value) => value.toLocaleString(texts.lang)}
        y={(value) => plain(value).replace(/^1\u2009×\u2009/, '')}
      >
        <text x={right} y={height - 3} text-anchor="end">
          {texts.training.step}
        </text>
        <text x={4} y={12}>
          {quantity}
        </text>
      </Axes>
      {layout.paths.map(({ kind, d }, place) => (
        <path key={place} class={`curve ${kind}`} d={d} />
      ))}
      {marked >= left && marked <= right && <path class="curve-shown" d={`M${marked} ${top}V${bottom}`} />}
      {at !== null && at !== shown && <path class="curve-cross" d={`M${x(at)} ${top}V${bottom}`} />}
    </svg>
  );
}

/** The numbers of the curves at a step; of one that was not recorded there, the nearest is read, and named. */
const readings = (curves: readonly Curve[], step: number): { name: string; value: number }[] =>
  curves.flatMap(({ name, series }) => {
    const nearest = name === null ? null : nearestStep(series, step);
    const value = nearest === null ? null : valueAt(series, nearest);
    if (name === null || nearest === null || value === null) return [];
    return [{ name: nearest === step ? name : words.nearest(name, nearest), value }];
  });

function Reading({ curves, step }: { curves: readonly Curve[]; step: number }) {
  return (
    <>
      {texts.training.at(step)}
      {readings(curves, step).map(({ name, value }) => (
        <span key={name}>
          {' · '}
          {name} <NumberText value={value} rounded={false} />
        </span>
      ))}
    </>
  );
}

const spoken = (curves: readonly Curve[], step: number): string =>
  [texts.training.at(step), ...readings(curves, step).map(({ name, value }) => `${name} ${plain(value)}`)].join(', ');

/** So many rows are shown, evenly spaced, with the first and the last. */
const MOST_ROWS = 50;

function Rows({ title, curves, shown, onOpen }: Omit<Props, 'id' | 'quantity'>) {
  const steps = curves[0]?.series.steps ?? [];
  const count = Math.min(MOST_ROWS, steps.length);
  const places = Array.from({ length: count }, (_, row) =>
    Math.round((row * (steps.length - 1)) / Math.max(1, count - 1)),
  );
  return (
    <div class="curve-rows">
      <table>
        <caption>{words.caption(title, count, steps.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.training.step}</th>
            {curves.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((place) => {
            const step = steps[place] as number;
            return (
              <tr key={step} aria-current={step === shown ? 'step' : undefined}>
                <th scope="row">
                  <LinkButton title={texts.training.run.open(step)} onClick={() => onOpen(step)}>
                    {step.toLocaleString(texts.lang)}
                  </LinkButton>
                </th>
                {curves.map(({ name, series }) => (
                  <Cell key={name} series={series} step={step} />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ series, step }: { series: Series; step: number }) {
  const value = valueAt(series, step);
  const { lead } = inColumn(series.values);
  return (
    <td style={{ '--in': lead - leadOf(value) }}>
      {value === null ? '' : <NumberText value={value} rounded={false} />}
    </td>
  );
}
