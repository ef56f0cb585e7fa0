import { useRef, useState } from 'preact/hooks';
import type { Histogram } from '../api/trainings';
import { plain } from '../numbers/format';
import { texts } from '../texts';
import { train } from '../texts/train';
import { LinkButton } from '../ui/buttons';
import { NumberText } from '../ui/NumberText';
import { Axes, linearAxis, round } from '../ui/plot';
import { slideBy } from '../ui/roving';
import { useSize } from '../ui/useMeasured';
import { edgeOf, histogramRows } from './csv';
import { Save } from './Save';
import { histograms, isRunning, type Run, showHistograms, shownOf } from './state';

const words = train.histograms;

/** How the weights and the activations of each layer are spread. They come only while they are shown. */
export function Histograms({ run }: { run: Run }) {
  const [asRows, setAsRows] = useState(false);
  const wanted = histograms.value;
  const found = shownOf(run).numbers.histograms ?? [];
  return (
    <section class="train-panel histograms-panel" aria-labelledby="histograms-title">
      <header>
        <h3 id="histograms-title">{words.title}</h3>
        <LinkButton aria-expanded={wanted} onClick={() => showHistograms(!wanted)}>
          {wanted ? words.hide : words.show}
        </LinkButton>
        <span class="spring" />
        {wanted && found.length > 0 && (
          <>
            <LinkButton aria-pressed={asRows} onClick={() => setAsRows(!asRows)}>
              {texts.training.run.table}
            </LinkButton>
            <Save title={words.title} rows={() => histogramRows(found)} />
          </>
        )}
      </header>
      {wanted && found.length === 0 && <p class="aside">{isRunning.value ? words.coming : words.none}</p>}
      {wanted && found.length > 0 && (asRows ? <Rows found={found} /> : <Plots found={found} />)}
    </section>
  );
}

function Plots({ found }: { found: readonly Histogram[] }) {
  return (
    <ul class="histograms">
      {found.map((of) => (
        <li key={of.tensor}>
          <Plot of={of} />
        </li>
      ))}
    </ul>
  );
}

/** What the numbers are: activations of the mini-batch, weights or biases. */
const kindOf = ({ tensor, layer }: Histogram): string =>
  tensor === `${layer}.output` ? words.activations(layer) : words.parameter(tensor);

const EDGE = { left: 40, right: 8, top: 6, bottom: 22 };

function Plot({ of }: { of: Histogram }) {
  const frame = useRef<HTMLDivElement>(null);
  const room = useSize(frame);
  const [pointed, setPointed] = useState<number | null>(null);
  const [reached, setReached] = useState<number | null>(null);
  const { counts } = of;
  const last = counts.length - 1;
  const place = pointed ?? reached;
  const at = place === null ? null : Math.min(place, last);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = slideBy(event, at ?? 0, 0, last);
    if (next === null) return;
    event.preventDefault();
    setReached(next);
    setPointed(null);
  };
  const reading = (bin: number) =>
    words.bin(plain(edgeOf(of, bin)), plain(edgeOf(of, bin + 1)), counts[bin] ?? 0, of.size);
  return (
    <div class="histogram">
      <p title={words.spread(plain(of.mean ?? Number.NaN), plain(of.root_mean_square ?? Number.NaN))}>
        {kindOf(of)}
        {of.not_finite > 0 && <strong> {words.notFinite(of.not_finite)}</strong>}
        <span class="unless-saved" aria-hidden="true">
          {at !== null && at >= 0 && reading(at)}
        </span>
      </p>
      <div
        ref={frame}
        class="histogram-drawing"
        role="slider"
        tabIndex={0}
        aria-label={kindOf(of)}
        aria-description={words.hint}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={at ?? 0}
        aria-valuetext={last < 0 ? words.none : reading(at ?? 0)}
        onKeyDown={onKeyDown}
        onBlur={() => setReached(null)}
        onPointerMove={(event) => {
          if (!room || last < 0) return;
          const { left } = event.currentTarget.getBoundingClientRect();
          const share = (event.clientX - left - EDGE.left) / (room.width - EDGE.left - EDGE.right);
          setPointed(Math.max(0, Math.min(last, Math.floor(share * counts.length))));
        }}
        onPointerLeave={() => setPointed(null)}
      >
        {room && last >= 0 && <Drawing of={of} width={room.width} height={room.height} at={at} />}
      </div>
    </div>
  );
}

interface DrawingProps {
  of: Histogram;
  width: number;
  height: number;
  at: number | null;
}

function Drawing({ of, width, height, at }: DrawingProps) {
  const { counts } = of;
  const [left, right, top, bottom] = [EDGE.left, width - EDGE.right, EDGE.top, height - EDGE.bottom];
  const [from, to] = [edgeOf(of, 0), edgeOf(of, counts.length)];
  const x = (value: number) => left + ((value - from) / (to - from)) * (right - left);
  const { y, yTicks } = linearAxis({ least: 0, most: Math.max(...counts), positive: null }, bottom, top);
  const xTicks = round(from, to, (right - left) / 44).map((value) => ({ value, at: x(value) }));
  const counted = yTicks.filter(({ value }) => Number.isInteger(value));
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {counts.map((count, bin) => {
        const [start, end, high] = [x(edgeOf(of, bin)), x(edgeOf(of, bin + 1)), y(count) ?? bottom];
        return (
          <rect
            key={of.first + bin}
            class={bin === at ? 'bin pointed' : 'bin'}
            x={start + 0.5}
            y={high}
            width={Math.max(0.5, end - start - 1)}
            height={bottom - high}
          />
        );
      })}
      <Axes
        of={{ width, height, left, right, top, bottom, xTicks, yTicks: counted }}
        x={plain}
        y={(value) => value.toLocaleString(texts.lang)}
      />
    </svg>
  );
}

function Rows({ found }: { found: readonly Histogram[] }) {
  return (
    <div class="curve-rows">
      <table>
        <caption>{words.caption}</caption>
        <thead>
          <tr>
            {[words.columns.numbers, ...Object.values(words.columns.of)].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.map((of) => (
            <tr key={of.tensor}>
              <th scope="row">{kindOf(of)}</th>
              <td>{of.size.toLocaleString(texts.lang)}</td>
              {[of.lowest, of.mean, of.highest, of.root_mean_square].map((value, place) => (
                <td key={place}>{value !== null && <NumberText value={value} rounded={false} />}</td>
              ))}
              <td>{most(of)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The fullest bin, in words. */
function most(of: Histogram): string {
  const { counts, size } = of;
  const bin = counts.indexOf(Math.max(...counts));
  return bin < 0 ? '' : words.bin(plain(edgeOf(of, bin)), plain(edgeOf(of, bin + 1)), counts[bin] ?? 0, size);
}
