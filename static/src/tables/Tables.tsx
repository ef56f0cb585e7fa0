import { computed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { focusOf } from '../model/focus';
import { pictureOf, type VisibleGraph } from '../model/picture';
import { selection } from '../state/attention';
import { isKnown } from '../state/known';
import { pieces, sample, titleOfNetwork, trace } from '../state/store';
import { runningSum, step } from '../state/telling';
import { openView } from '../state/view';
import { columns, shownUnits } from '../state/visibleGraph';
import { texts } from '../texts';
import { useFollowed } from '../ui/useFollowed';
import { type ColumnRows, goalRows, type Moment, rowsOf } from './rows';
import { goalLine, More, Table, unitLine, WEIGHTS, weightLine, weightsCaption } from './Table';
import './tables.css';

const words = texts.tables;
const { captions, heads } = words;
const PLAIN = [heads.unit, heads.role, heads.value, heads.gradient];
const ACTIVATED = [heads.unit, heads.role, heads.pre, heads.value, heads.gradient, heads.preGradient];

/** The diagram as tables: for each column the weights that lead to it, followed by its units. */
export function Tables() {
  const page = useRef<HTMLElement>(null);
  const { columns, goal } = tables.value;
  useFollowed(page, current.value);
  return (
    <section
      class="tables"
      ref={page}
      aria-label={words.label(titleOfNetwork(trace.value?.document.name ?? ''))}
      aria-description={words.hint}
    >
      {columns.map((column, place) => (
        // Keyed by position, which identifies a column.
        <ColumnTables key={place} {...column} />
      ))}
      <Table caption={captions.goal} heads={[heads.symbol, heads.role, heads.value]} lines={goal.map(goalLine)} />
    </section>
  );
}

function ColumnTables({ layers, units, weights, moreUnits, moreWeights }: ColumnRows) {
  const [first] = layers;
  const activated = units.some(({ pre }) => pre !== null);
  return (
    <>
      {weights.length > 0 && first !== undefined && (
        <Table caption={weightsCaption(first, weights)} heads={WEIGHTS} lines={weights.map(weightLine)} />
      )}
      {moreWeights > 0 && <More text={words.moreWeights(moreWeights)} way={words.openMatrices} go={toMatrices} />}
      <Table
        caption={captionOf(layers, units)}
        heads={activated ? ACTIVATED : PLAIN}
        lines={units.map((row) => unitLine(row, activated))}
      />
      {moreUnits > 0 && <More text={words.moreUnits(moreUnits)} way={words.openMatrices} go={toMatrices} />}
    </>
  );
}

function captionOf(layers: readonly string[], units: ColumnRows['units']): string {
  if (units[0]?.node.role === 'probability') return captions.probabilities;
  return layers.length > 0 ? captions.units(layers) : captions.inputs;
}

const toMatrices = (): void => openView('matrices');

/** The content of the tables, computed once for each change of its inputs. */

/** Some weights of a layer are listed even if there are too many to draw as lines. */
const listed = computed<VisibleGraph | null>(() => {
  const current = trace.value;
  return current && { ...current, ...pictureOf(current, columns.value, shownUnits.value, Number.POSITIVE_INFINITY) };
});

export const tables = computed(() => {
  const current = listed.value;
  if (!current || columns.value.length === 0) return { columns: [], goal: [] };
  const focus = focusOf(current, pieces.value, sample.value, step.value?.term?.factors);
  const at: Moment = { focus, known: isKnown, sum: runningSum.value, selected: selection.value };
  return { columns: rowsOf(current, columns.value, at), goal: goalRows(current, at) };
});

/** The first row of the current step: it is scrolled into view. */
const current = computed(() => {
  const { columns, goal } = tables.value;
  for (const { weights, units } of columns) {
    const weight = weights.find((row) => row.current);
    const unit = units.find((row) => row.current);
    if (weight ?? unit) return weight?.ref ?? unit?.node.id ?? null;
  }
  return goal.find((row) => row.current)?.ref ?? null;
});
