import { useRef, useState } from 'preact/hooks';
import { plain } from '../numbers/format';
import { trace } from '../state/store';
import { texts } from '../texts';
import { train } from '../texts/train';
import { LinkButton } from '../ui/buttons';
import { NumberText } from '../ui/NumberText';
import { useSize } from '../ui/useMeasured';
import { type Drawn, drawnLines, type Lines, linesOf, type Parameters } from './lines';
import { Save } from './Save';
import { type Run, reached, shownOf } from './state';

const words = train.diagram;
const SIZE = { width: 340, height: 200 };

/** The network with its weights as lines: while it trains those of the newest frame, otherwise of the open step. */
export function LiveDiagram({ run }: { run: Run }) {
  const [asRows, setAsRows] = useState(false);
  const { value: step } = trace;
  const running = run.state === 'running';
  const parameters: Parameters | null = (running ? run.newest?.parameters : step?.tensors) ?? null;
  const frame = useRef<HTMLDivElement>(null);
  const room = useSize(frame) ?? SIZE;
  const lines = step && parameters && linesOf(step, parameters, room);
  if (!parameters || !lines) return null;
  const drawn = drawnLines(lines, parameters);
  const at = running ? reached(run) : shownOf(run).step;
  return (
    <section class="train-panel" aria-labelledby="lines-title">
      <header>
        <h3 id="lines-title">{words.title}</h3>
        <span class="spring" />
        <LinkButton aria-pressed={asRows} onClick={() => setAsRows(!asRows)}>
          {texts.training.run.table}
        </LinkButton>
        <Save
          title={words.title}
          rows={() => [
            ['training_step', 'parameter', 'value'],
            ...lines.lines.map(({ ref }, place) => [at, ref, drawn[place]?.value]),
          ]}
        />
      </header>
      {asRows ? (
        <Rows lines={lines} drawn={drawn} />
      ) : (
        <div class="lines-drawing" ref={frame}>
          <Drawing lines={lines} drawn={drawn} label={words.label(at, lines.lines.length)} {...room} />
        </div>
      )}
    </section>
  );
}

interface DrawingProps {
  lines: Lines;
  drawn: readonly Drawn[];
  label: string;
  width: number;
  height: number;
}

function Drawing({ lines: { units, lines, radius }, drawn, label, width, height }: DrawingProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const value = pointed === null ? undefined : drawn[pointed]?.value;
  return (
    <>
      <p class="plane-reading unless-saved" aria-hidden="true">
        {pointed !== null && value !== undefined && `${lines[pointed]?.ref} = ${plain(value)}`}
      </p>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {lines.map(({ ref, from, to }, place) => {
          const { width: wide = 1, strength = 0, negative = false } = drawn[place] ?? {};
          return (
            <path
              key={ref}
              class={`weight-line${negative ? ' negative' : ''}${place === pointed ? ' pointed' : ''}`}
              d={`M${from.x} ${from.y}L${to.x} ${to.y}`}
              stroke-width={wide}
              stroke-opacity={0.25 + 0.75 * strength}
              onPointerEnter={() => setPointed(place)}
              onPointerLeave={() => setPointed(null)}
            />
          );
        })}
        {units.map(({ x, y, kind }, place) => (
          <circle key={place} class={`unit-dot ${kind}`} cx={x} cy={y} r={radius} />
        ))}
      </svg>
    </>
  );
}

function Rows({ lines: { lines }, drawn }: { lines: Lines; drawn: readonly Drawn[] }) {
  return (
    <div class="curve-rows">
      <table>
        <caption class="visually-hidden">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.parameter}</th>
            <th scope="col">{words.value}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ ref }, place) => (
            <tr key={ref}>
              <th scope="row">{ref}</th>
              <td>
                <NumberText value={drawn[place]?.value ?? Number.NaN} rounded={false} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
