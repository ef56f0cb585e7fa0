import type { ComponentChildren } from 'preact';
import type { Numbers } from '../api/trainings';
import { pin, unpin } from '../state/compare';
import { texts } from '../texts';
import { train } from '../texts/train';
import { LinkButton } from '../ui/buttons';
import { NumberText } from '../ui/NumberText';
import { chosen, PlanePicture } from './Surface';
import { opened, openStep, pinnedThere, type Seen } from './state';
import { planeOf } from './surface';

const words = train.moments;

/** The pinned training step beside the open one, also of another training: numbers by layer, and surfaces. */
export function TwoMoments() {
  const [before, now] = [pinnedThere.value, opened.value];
  const differ = before && now && !(before.run.number === now.run.number && before.step === now.step);
  return (
    <section class="train-panel moments-panel" aria-labelledby="moments-title">
      <header>
        <h3 id="moments-title">{words.title}</h3>
        {now && (
          <LinkButton title={texts.compare.againTitle} onClick={pin}>
            {words.pin(now.step)}
          </LinkButton>
        )}
        {before && (
          <>
            {differ && (
              <LinkButton onClick={() => void openStep(before.run, before.step)}>{words.open(before.step)}</LinkButton>
            )}
            <LinkButton title={texts.compare.unpinTitle} onClick={unpin}>
              {texts.compare.unpin}
            </LinkButton>
          </>
        )}
      </header>
      {differ ? (
        <>
          <Table before={before} now={now} />
          <Surfaces before={before} now={now} />
        </>
      ) : (
        <p class="aside">{before ? words.another(before.step) : words.hint}</p>
      )}
    </section>
  );
}

interface Both {
  before: Seen;
  now: Seen;
}

const nameOf = ({ run, step }: Seen): string => words.moment(run.number, step);

/** The numbers that moments have, by their names. */
function numbersOf({ loss, training_loss, held_out_loss, accuracy, held_out_accuracy, ...more }: Numbers) {
  const { status } = train;
  const found: [string, number | null | undefined][] = [
    [train.curves.miniBatch, loss],
    [status.loss, training_loss],
    [status.heldOutLoss, held_out_loss],
    [status.accuracy, accuracy],
    [status.heldOutAccuracy, held_out_accuracy],
    ...(more.histograms ?? []).map(
      ({ layer, tensor, root_mean_square: size }) =>
        [tensor === `${layer}.output` ? words.activations(layer) : words.parameter(tensor), size] as [string, number],
    ),
    ...(more.gradients ?? []).map(({ layer, parameters }) => [words.gradient(layer), parameters] as [string, number]),
  ];
  return new Map(found.filter(([, value]) => value !== null && value !== undefined) as [string, number][]);
}

function Table({ before, now }: Both) {
  const [then, after] = [numbersOf(before.numbers), numbersOf(now.numbers)];
  const names = [...new Set([...then.keys(), ...after.keys()])];
  const written = (value: number | undefined): ComponentChildren =>
    value === undefined ? '' : <NumberText value={value} rounded={false} />;
  return (
    <div class="curve-rows moments">
      <table>
        <caption class="visually-hidden">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.compare.columns.number}</th>
            <th scope="col">{nameOf(before)}</th>
            <th scope="col">{nameOf(now)}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{written(then.get(name))}</td>
              <td>{written(after.get(name))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Surfaces({ before, now }: Both) {
  if (!before.numbers.surface || !now.numbers.surface) return null;
  return (
    <div class="surface-pair">
      {[before, now].map((seen) => {
        const { surface } = seen.numbers;
        return (
          surface && (
            <figure key={`${seen.run.number} ${seen.step}`}>
              <figcaption>{nameOf(seen)}</figcaption>
              <PlanePicture
                plane={planeOf(surface, chosen.value, seen.run.points)}
                points={seen.run.points}
                batch={[]}
                label={nameOf(seen)}
              />
            </figure>
          )
        );
      })}
    </div>
  );
}
