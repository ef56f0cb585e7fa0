import type { Moment } from '../api/trainings';
import { plain } from '../numbers/format';
import { texts } from '../texts';
import { train } from '../texts/train';
import { LinkButton } from '../ui/buttons';
import { NumberText } from '../ui/NumberText';
import { openStep, type Run } from './state';

/** The gradients of the layers in the next step, as bars on a logarithmic axis. */
export function Gradients({ moment }: { moment: Moment }) {
  const { gradients = [] } = moment;
  const sizes = gradients.flatMap(({ parameters }) => (parameters ? [parameters] : []));
  if (sizes.length === 0) return null;
  const high = Math.ceil(Math.log10(Math.max(...sizes)));
  const low = Math.min(high - 1, Math.floor(Math.log10(Math.min(...sizes))));
  const words = train.gradients;
  return (
    <section class="train-panel" aria-labelledby="gradients-title">
      <header>
        <h3 id="gradients-title" title={words.hint}>
          {words.title}
        </h3>
      </header>
      <table class="gradient-bars">
        <caption class="visually-hidden">{words.hint}</caption>
        <tbody>
          {gradients
            .filter(({ parameters }) => parameters !== null)
            .map(({ layer, parameters }) => (
              <tr key={layer}>
                <th scope="row">{layer}</th>
                <td class="bar">
                  <i style={{ width: `${barOf(parameters ?? 0, low, high)}%` }} />
                </td>
                <td>
                  <NumberText value={parameters ?? 0} rounded={false} precision={3} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      <p class="aside">{words.axis(powerOfTen(low), powerOfTen(high))}</p>
    </section>
  );
}

const barOf = (size: number, low: number, high: number): number =>
  size > 0 ? (100 * (Math.log10(size) - low)) / (high - low) : 0;

const powerOfTen = (power: number): string => plain(Number(`1e${power}`));

/** How many rows of each class are predicted as each: of the held-out rows if there are any. */
export function Confusion({ moment }: { moment: Moment }) {
  const words = train.confusion;
  const held = moment.held_out_confusion ?? null;
  const matrix = held ?? moment.confusion ?? null;
  if (!matrix || matrix.length < 2) return null;
  const names = matrix.map((_, place) => String(place));
  const most = Math.max(1, ...matrix.flat());
  return (
    <section class="train-panel" aria-labelledby="confusion-title">
      <header>
        <h3 id="confusion-title">{held ? words.heldOut : words.training}</h3>
      </header>
      <div class="confusion-room">
        <table class={matrix.length > 5 ? 'confusion small' : 'confusion'}>
          <caption>{words.caption}</caption>
          <thead>
            <tr>
              <td />
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
      {run.repeated > 0 && <p>{words.repeated(run.repeated)}</p>}
    </div>
  );
}

/** The service's message in the page's language. A key without a wording is a fault, and is shown. */
function sentence(key: string, values: Readonly<Record<string, number | string>>): string {
  const wording = (train.messages as Readonly<Record<string, string>>)[key] ?? key;
  return wording.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (typeof value !== 'number') return String(value ?? '');
    return Number.isInteger(value) ? value.toLocaleString(texts.lang) : plain(value);
  });
}
