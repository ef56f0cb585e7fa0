import { mayPass, sayRequestError } from '../state/requestError';
import { trainingStep } from '../state/store';
import { openView } from '../state/view';
import { texts } from '../texts';
import { train } from '../texts/train';
import { LinkButton } from '../ui/buttons';
import { NumberText } from '../ui/NumberText';
import { Controls, Goals } from './Controls';
import { CurvePlot } from './CurvePlot';
import type { Curve } from './curves';
import { Histograms } from './Histograms';
import { LiveDiagram } from './LiveDiagram';
import { Confusion, Gradients, Notices } from './Numbers';
import { NOTHING } from './record';
import { Surface } from './Surface';
import { current, lost, openStep, play, type Run, reached, runs, trouble } from './state';
import { TwoMoments } from './TwoMoments';
import './train.css';
import '../ui/points.css';
import './plots.css';
import './panels.css';

/** Trains the network that is shown, live; any training step of it can be opened in the other views. */
export function Train() {
  const { value: run } = current;
  return (
    <section class="train" aria-labelledby="train-title">
      <h2 id="train-title" class="visually-hidden">
        {train.title}
      </h2>
      <div class="train-head">
        <Controls />
        <Goals />
        <Status />
        <Troubles />
      </div>
      {run?.newest ? <Panels run={run} /> : <p class="train-empty">{run ? train.beginning : train.empty}</p>}
    </section>
  );
}

/** Where the training is, with its numbers. */
function Status() {
  const { value: run } = current;
  if (!run?.newest) return null;
  const { newest, state, pace } = run;
  const words = train.status;
  const numbers = [
    { name: words.loss, value: newest.training_loss },
    { name: words.heldOutLoss, value: newest.held_out_loss },
    { name: words.accuracy, value: newest.accuracy },
    { name: words.heldOutAccuracy, value: newest.held_out_accuracy },
  ];
  return (
    <div class="train-status">
      <p>
        <strong>{texts.training.at(reached(run))}</strong>
        {newest.epoch !== undefined && ` · ${words.epochs(newest.epoch)}`}
        {numbers.map(
          ({ name, value }) =>
            value !== undefined &&
            value !== null && (
              <span key={name}>
                {' · '}
                {name} <NumberText value={value} rounded={false} />
              </span>
            ),
        )}
        {state === 'running' && pace !== null && ` · ${words.pace(Math.round(pace))}`}
      </p>
      <p class="aside" role="status">
        {state === 'done' && newest.ended ? words.ended[newest.ended] : words.states[state]}{' '}
        {trainingStep.value !== reached(run) || state !== 'running' ? (
          <>
            {words.open(trainingStep.value)}{' '}
            <LinkButton onClick={() => openView('diagram')}>{texts.views.titles.diagram}</LinkButton>{' '}
            <LinkButton onClick={() => openView('matrices')}>{texts.views.titles.matrices}</LinkButton>{' '}
            <LinkButton onClick={() => openView('check')}>{texts.views.titles.check}</LinkButton>
          </>
        ) : null}
      </p>
    </div>
  );
}

function Troubles() {
  const { value: error } = trouble;
  return (
    <div role="alert" class="messages">
      {error && (
        <p class="message">
          {sayRequestError(error)}{' '}
          {mayPass(error) && <LinkButton onClick={() => void play()}>{texts.problems.retry}</LinkButton>}
        </p>
      )}
      {lost.value && !error && <p class="message">{train.lost}</p>}
    </div>
  );
}

function Panels({ run }: { run: Run }) {
  const { newest } = run;
  if (!newest) return null;
  const shown = trainingStep.value;
  // The step may be one of an earlier training, if the curve of that has it.
  const onOpen = (step: number) => void openStep(run, step);
  return (
    <>
      <Notices run={run} moment={newest} />
      <div class="train-panels">
        <Surface run={run} />
        <CurvePlot
          id="loss-curves"
          title={train.curves.loss}
          quantity={train.curves.loss}
          curves={lossCurves(run)}
          shown={shown}
          onOpen={onOpen}
        />
        {newest.accuracy !== null && newest.accuracy !== undefined && (
          <CurvePlot
            id="accuracy-curves"
            title={train.curves.accuracy}
            quantity={train.curves.share}
            curves={accuracyCurves(run)}
            within={SHARES}
            shown={shown}
            onOpen={onOpen}
          />
        )}
        <LiveDiagram run={run} />
        <Gradients run={run} />
        <Confusion run={run} />
        <Histograms run={run} />
        <TwoMoments />
      </div>
    </>
  );
}

/** The axis of shares of rows. */
const SHARES = { least: 0, most: 1, positive: null };

const earlier = (run: Run): Run[] => runs.value.filter(({ number }) => number !== run.number);

function lossCurves(run: Run): Curve[] {
  const words = train.curves;
  const { losses, objectives, measured } = run.record;
  return [
    { kind: 'steps', name: words.miniBatch, column: 'mini_batch_loss', series: losses },
    ...(objectives.steps.length > 0
      ? [{ kind: 'objective', name: words.objective, column: 'mini_batch_objective', series: objectives } as const]
      : []),
    { kind: 'training', name: words.training, column: 'training_loss', series: measured.training_loss ?? NOTHING },
    ...(measured.held_out_loss
      ? [{ kind: 'held-out', name: words.heldOut, column: 'held_out_loss', series: measured.held_out_loss } as const]
      : []),
    ...earlier(run).map(({ number, record }) => ({
      kind: 'earlier' as const,
      name: words.earlier(number),
      column: `training_loss_of_training_${number}`,
      series: record.measured.training_loss ?? NOTHING,
    })),
  ];
}

function accuracyCurves(run: Run): Curve[] {
  const words = train.curves;
  const { measured } = run.record;
  return [
    { kind: 'training', name: words.training, column: 'accuracy', series: measured.accuracy ?? NOTHING },
    ...(measured.held_out_accuracy
      ? [
          {
            kind: 'held-out',
            name: words.heldOut,
            column: 'held_out_accuracy',
            series: measured.held_out_accuracy,
          } as const,
        ]
      : []),
    ...earlier(run).map(({ number, record }) => ({
      kind: 'earlier' as const,
      name: words.earlier(number),
      column: `accuracy_of_training_${number}`,
      series: record.measured.accuracy ?? NOTHING,
    })),
  ];
}
