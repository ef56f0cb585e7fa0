import type { Moment } from '../api/trainings';
import { plain } from '../numbers/format';
import { texts } from '../texts';
import { train } from '../texts/train';
import { LinkButton } from '../ui/buttons';
import { NumberText } from '../ui/NumberText';
import { logScale, powers } from '../ui/plot';
import { confusionRows, gradientRows } from './csv';
import { Save } from './Save';
import { openStep, type Run, shownOf } from './state';

/** The gradients of the layers in the next step, as bars on a logarithmic axis. */
export function Gradients({ run }: { run: Run }) {
  const { gradients = [] } = shownOf(run).numbers;
  const sizes = gradients.flatMap(({ parameters }) => (parameters ? [parameters] : []));
  if (sizes.length === 0) return null;
  const high = Math.ceil(Math.log10(Math.max(...sizes)));
  const low = Math.min(high - 1, Math.floor(Math.log10(Math.min(...sizes))));
  const scale = logScale(low, high, 0, 100);
  const words = train.gradients;
  return (
    <section class="train-panel" aria-labelledby="gradients-title">
      <header>
        <h3 id="gradients-title" title={words.hint}>
          {words.title}
        </h3>
        <span class="spring" />
        <Save title={words.title} rows={() => gradientRows(gradients)} />
      </header>
      <table class="gradient-bars">
        <caption>{words.caption}</caption>
        <tbody>
          {gradients
            .filter(({ parameters }) => parameters !== null)
            .map(({ layer, parameters }) => (
              <tr key={layer}>
                <th scope="row">{layer}</th>
                <td class="bar">
                  {/* Of a gradient of 0 there is no logarithm, and no bar. */}
                  <i style={{ width: `${parameters ? scale(parameters) : 0}%` }} />
                </td>
                <td>
                  <NumberText value={parameters ?? 0} rounded={false} precision={3} />
                </td>
              </tr>
            ))}
        </tbody>
        <tfoot aria-hidden="true">
          <tr>
            <td />
            <td class="ticks">
              {powers(scale, WIDE, APART).map((power) => (
                <span key={power} style={{ left: `${scale(Number(`1e${power}`))}%` }}>
                  {plain(Number(`1e${power}`)).replace(/^1\u2009×\u2009/, '')}
                </span>
              ))}
            </td>
            <td />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** About how many pixels the axis has, and a number of it needs. */
const [WIDE, APART] = [240, 48];

/** How many rows of each class are predicted as each: of the held-out rows if there are any. */
export function Confusion({ run }: { run: Run }) {
  const words = train.confusion;
  const { held_out_confusion: held = null, confusion = null } = shownOf(run).numbers;
  const matrix = held ?? confusion;
  if (!matrix || matrix.length < 2) return null;
  const title = held ? words.heldOut : words.training;
  const names = matrix.map((_, place) => String(place));
  const most = Math.max(1, ...matrix.flat());
  return (
    <section class="train-panel" aria-labelledby="confusion-title">
      <header>
        <h3 id="confusion-title">{title}</h3>
        <span class="spring" />
        <Save title={title} rows={() => confusionRows(matrix)} />
      </header>
      <div class="confusion-room">
        <table class={matrix.length > 5 ? 'confusion small' : 'confusion'}>
          <caption class="visually-hidden">{words.caption}</caption>
          <thead>
            <tr>
              <td class="axis-name" />
              <td class="axis-name" colSpan={names.length}>
                {words.predicted}
              </td>
            </tr>
            <tr>
              <td class="axis-name">{words.true}</td>
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.map((row, truth) => (
              <tr key={names[truth]}>
                <th scope="row">{names[truth]}</th>
                {row.map((count, predicted) => (
                  <td
                    key={names[predicted]}
                    class={truth === predicted ? 'right' : undefined}
                    title={words.cell(count, truth, predicted)}
                    style={{ '--share': `${Math.round((100 * count) / most)}%` }}
                  >
                    {count.toLocaleString(texts.lang)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What the training shows, in words; each leads to the training step where it begins. */
export function Notices({ run, moment }: { run: Run; moment: Moment }) {
  const words = train.notices;
  const { notices = [], where = null } = moment;
  return (
    <div class="train-notices" role="status">
      {where && (
        <p class="message">
          {words.diverged(run.first + where.step, where.ref)}{' '}
          <LinkButton onClick={() => void openStep(run, run.first + where.step)}>
            {words.open(run.first + where.step)}
          </LinkButton>
        </p>
      )}
      {notices.map(({ kind, layer, begins, message }) => (
        <p key={`${kind} ${layer}`}>
          {sentence(message.key, { ...message.values, step: run.first + begins })}{' '}
          <LinkButton onClick={() => void openStep(run, run.first + begins)}>
            {words.open(run.first + begins)}
          </LinkButton>
        </p>
      ))}
      {run.resumed !== null && <p>{words.resumed(run.resumed)}</p>}
    </div>
  );
}

/** The service's message in the page's language. A key without a wording is a fault, and is shown. */
function sentence(key: string, values: Readonly<Record<string, number | string>>): string {
  const wording = (train.messages as Readonly<Record<string, string>>)[key] ?? key;
  return wording.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (typeof value !== 'number') return String(value ?? '');
    // Beyond that a number has more digits than it is known to.
    return Number.isSafeInteger(value) ? value.toLocaleString(texts.lang) : plain(value);
  });
}
