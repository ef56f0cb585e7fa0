import { useEffect } from 'preact/hooks';
import { FILTERS, type Filter } from '../model/choices';
import { symbolOf } from '../model/refs';
import { mayPass, sayRequestError } from '../state/requestError';
import { requestError, trace } from '../state/store';
import { texts } from '../texts';
import { check as words } from '../texts/check';
import { LinkButton } from '../ui/buttons';
import { Choice, SelectRow } from '../ui/choices';
import { SentenceText } from '../ui/SentenceText';
import { Curve } from './Curve';
import { EpsilonField } from './EpsilonField';
import { ErrorMap } from './ErrorMap';
import { layersOf, WORST } from './sort';
import {
  anotherSample,
  checked,
  checkedLayer,
  checkTrouble,
  derivativeOf,
  filter,
  isPenalized,
  keepChecked,
  layer,
  retry,
  SUBJECTS,
  seed,
  showLayer,
  showOnly,
  wanted,
} from './state';
import { Table } from './Table';
import './check.css';
import './table.css';
import './figures.css';
import './map.css';
import './curve.css';

/** Computes every derivative of the training step a second time, numerically: evidence that the page is right. */
export function Check() {
  useEffect(keepChecked, []);
  return (
    <section class="check" aria-labelledby="check-title">
      <h2 id="check-title" class="visually-hidden">
        {words.title}
      </h2>
      <div class="check-head">
        <div class="verdict-of-all">
          <Summary />
          <Share />
          <Troubles />
        </div>
        <EpsilonField />
      </div>
      {checked.value && (
        <>
          <div class="figures">
            <ErrorMap />
            <Curve />
          </div>
          <Filters />
          <Table />
        </>
      )}
    </section>
  );
}

/** The result, in a sentence. */
function Summary() {
  const result = checked.value;
  const network = trace.value;
  if (!result || !network) return <p class="summary">{checkTrouble.value ? '' : words.working}</p>;
  const { worst, counts, rows, seed, decided, largest_deviation: deviation } = result;
  if (!worst) return <p class="summary">{words.none}</p>;
  const error = { value: worst.relative_error, ref: null };
  const at = { symbol: symbolOf(network, derivativeOf(network, worst.ref)), ref: worst.ref };
  const { agrees, differs, kink, undecided } = counts;
  const zeros = rows.filter((row) => row.deviation === null).length;
  const [count, sampled] = [rows.length, seed !== null];
  const summary =
    agrees === count
      ? [
          ...words.agree(count, sampled, decided, deviation === null ? null : { value: deviation, ref: null }, zeros),
          texts.timeline.between,
          ...(Number.isFinite(worst.relative_error)
            ? words.quotients(decided.this_epsilon > 0, error, at)
            : words.noQuotient(at)),
        ]
      : words.verdictsOf(differs, kink, undecided, agrees, count, sampled, at);
  return (
    <div role="status">
      <p class="summary">
        <SentenceText of={summary} />
      </p>
    </div>
  );
}

/** How many numbers of a large network were checked, and a button that draws another sample of them. */
function Share() {
  const result = checked.value;
  const name = checkedLayer.value;
  if (!result || (result.seed === null && name === null)) return null;
  const of = name === 'x' ? words.inputs : name;
  const { checked: count, total, seed: drawn } = result;
  const awaited = drawn !== null && drawn !== seed.value && !checkTrouble.value;
  return (
    <p class="share aside" role="status" aria-label={words.share.label}>
      <span>{drawn === null ? words.share.whole(total, of) : words.share.drawn(count, total, of, drawn)}</span>{' '}
      {drawn !== null && (
        <LinkButton title={words.share.anotherTitle} onClick={anotherSample}>
          {words.share.another}
        </LinkButton>
      )}{' '}
      {awaited && <span>{words.working}</span>}
    </p>
  );
}

/** Shown while the table does not belong to the newest edit: the reason, and that the table is the last good one. */
function Troubles() {
  const error = checkTrouble.value;
  const old = checked.value && (error || requestError.value);
  return (
    <div role="alert" class="messages">
      {error && (
        <p class="message">
          {sayRequestError(error)}{' '}
          {mayPass(error) && <LinkButton onClick={() => void retry()}>{texts.problems.retry}</LinkButton>}
        </p>
      )}
      {old && <p class="message">{words.keeping}</p>}
    </div>
  );
}

const NONE = { differs: 0, kink: 0, undecided: 0 };

/** Which rows the table has. */
function Filters() {
  const { rows = [], counts: found = NONE } = checked.value ?? {};
  const counts: Record<Filter, number> = { all: rows.length, worst: Math.min(WORST, rows.length), ...found };
  // The filter "differs" is always offered, even with no rows; kinks and undecided rows only where there are some.
  const shown = FILTERS.filter((one) => counts[one] > 0 || one === 'differs' || one === filter.value);
  const layers = trace.value ? layersOf(trace.value) : [];
  return (
    <div class="filters">
      <Choice
        name="check-filter"
        words={{ legend: words.show }}
        options={shown}
        chosen={filter.value}
        draw={(one) => words.filters[one](counts[one])}
        onChoose={showOnly}
      />
      {layers.length > 1 && (
        <SelectRow
          class="of-layer"
          label={words.layer}
          title={words.layerTitle}
          value={layer.value ?? ''}
          options={[
            { value: '', title: words.allLayers },
            ...layers.map((name) => ({ value: name, title: name === 'x' ? words.inputs : name })),
          ]}
          onChoose={(name) => showLayer(name || null)}
        />
      )}
      {isPenalized.value && (
        <Choice
          name="check-subject"
          words={words.subjects}
          options={SUBJECTS}
          chosen={wanted.value}
          onChoose={(one) => {
            wanted.value = one;
          }}
        />
      )}
    </div>
  );
}
