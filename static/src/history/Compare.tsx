import type { Sentence } from '../maths/sentences';
import { spoken } from '../maths/symbol';
import { type Difference, type Differences, KINDS } from '../model/differences';
import { symbolOf } from '../model/refs';
import { areFixed, type InColumn, inColumn, leadOf } from '../numbers/format';
import { selection } from '../state/attention';
import { compared, inSteps, kind, type Pin, pin, pinned, toggleComparing, unpin } from '../state/compare';
import { select } from '../state/moves';
import { trace, trainingStep } from '../state/store';
import { texts } from '../texts';
import { LinkButton } from '../ui/buttons';
import { Choice } from '../ui/choices';
import { hoverProps } from '../ui/highlight';
import { SymbolMath } from '../ui/MathML';
import { NumberText } from '../ui/NumberText';
import { TitleText } from './HistoryPanel';
import './compare.css';

const words = texts.compare;
const NUMBERS = ['before', 'now', 'by'] as const;

/** The differences from the pinned moment, the largest first. */
export function Compare() {
  const [moment, found] = [pinned.value, compared.value];
  if (!moment || !found) return null;
  return (
    <section class="compare" aria-labelledby="compare-title">
      <header>
        <h2 id="compare-title">{words.title}</h2>
        <p class="ways">
          <LinkButton title={words.againTitle} onClick={pin}>
            {words.again}
          </LinkButton>
          <LinkButton title={words.unpinTitle} onClick={unpin}>
            {words.unpin}
          </LinkButton>
          <LinkButton title={words.closeTitle} onClick={toggleComparing}>
            {words.close}
          </LinkButton>
        </p>
      </header>
      {inSteps.value && <p class="steps">{words.steps(moment.step, trainingStep.value)}</p>}
      <KindChoice />
      <p class="count">
        <TitleText of={summary(found, moment)} /> {words.alone(found.alone.before, found.alone.now)}
      </p>
      {found.rows.length > 0 && <Table of={found} moment={moment} />}
    </section>
  );
}

function summary({ rows, count, compared }: Differences, { title }: Pin): Sentence {
  if (count === 0) return words.none(compared, title);
  return rows.length < count ? words.largest(rows.length, count, compared, title) : words.count(count, compared, title);
}

function KindChoice() {
  return (
    <Choice
      name="compared"
      class="kinds"
      untitled
      words={{ legend: words.kinds.legend, names: words.kinds }}
      options={['all', ...KINDS]}
      chosen={kind.value}
      onChoose={(one) => {
        kind.value = one;
      }}
    />
  );
}

function Table({ of: { rows }, moment }: { of: Differences; moment: Pin }) {
  const columns = NUMBERS.map((one) => inColumn(rows.map((row) => row[one])));
  return (
    <table>
      <caption class="visually-hidden">{words.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.columns.number}</th>
          <th scope="col">{inSteps.value ? words.pinnedAt(moment.step) : words.columns.pinned}</th>
          <th scope="col">{inSteps.value ? words.nowAt(trainingStep.value) : words.columns.now}</th>
          <th scope="col">{words.columns.difference}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.ref} row={row} moment={moment} columns={columns} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  row: Difference;
  moment: Pin;
  columns: readonly InColumn[];
}

function Row({ row, moment, columns }: RowProps) {
  const { ref } = row;
  const fixed = areFixed([row.before, row.now]);
  const symbol = symbolOf(trace.value ?? moment.trace, ref);
  return (
    <tr data-difference={ref}>
      <th scope="row">
        <button
          type="button"
          class="symbol-button"
          aria-label={spoken(symbol)}
          aria-pressed={selection.value === ref}
          title={words.select}
          onClick={() => select(ref)}
          {...hoverProps(ref)}
        >
          <SymbolMath of={symbol} />
        </button>
      </th>
      {NUMBERS.map((one, place) => (
        <Entry key={one} value={row[one]} of={one} lead={columns[place]?.lead ?? 0} fixed={fixed} />
      ))}
    </tr>
  );
}

interface EntryProps {
  value: number;
  of: (typeof NUMBERS)[number];
  lead: number;
  fixed: boolean;
}

/** Aligned at the decimal point; a difference always has a sign. */
function Entry({ value, of, lead, fixed }: EntryProps) {
  const plus = of === 'by' && value > 0;
  return (
    <td
      class={of === 'by' ? (value < 0 ? 'less' : 'more') : undefined}
      style={{ '--in': lead + Number(of === 'by') - leadOf(value) - Number(plus) }}
    >
      {plus && '+'}
      <NumberText value={value} fixed={fixed} />
    </td>
  );
}
