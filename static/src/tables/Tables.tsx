import { useRef } from 'preact/hooks';
import { inPageWords } from '../service-words';
import { trace } from '../state/store';
import { openView } from '../state/view';
import { texts } from '../texts';
import { useFollowed } from '../useFollowed';
import { goalLine, unitLine, WEIGHTS, weightLine, weightsCaption } from './lines';
import type { ColumnRows } from './rows';
import { More, Table } from './Table';
import { current, tables } from './view';
import './tables.css';

const words = texts.tables;
const { captions, heads } = words;
const PLAIN = [heads.unit, heads.role, heads.value, heads.gradient];
const ACTIVATED = [heads.unit, heads.role, heads.pre, heads.value, heads.gradient, heads.preGradient];

/** The diagram for whoever reads it: column after column its units, and before them the weights that lead to them. */
export function Tables() {
  const page = useRef<HTMLElement>(null);
  const { columns, goal } = tables.value;
  useFollowed(page, current.value);
  return (
    <section
      class="tables"
      ref={page}
      aria-label={words.label(inPageWords(trace.value?.document.name ?? ''))}
      aria-description={words.hint}
    >
      {columns.map((column, place) => (
        // Keyed by place: a column is known by its place.
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
      {moreWeights > 0 && <More told={words.moreWeights(moreWeights)} way={words.openMatrices} go={toMatrices} />}
      <Table
        caption={captionOf(layers, units)}
        heads={activated ? ACTIVATED : PLAIN}
        lines={units.map((row) => unitLine(row, activated))}
      />
      {moreUnits > 0 && <More told={words.moreUnits(moreUnits)} way={words.openMatrices} go={toMatrices} />}
    </>
  );
}

function captionOf(layers: readonly string[], units: ColumnRows['units']): string {
  if (units[0]?.node.role === 'probability') return captions.probabilities;
  return layers.length > 0 ? captions.units(layers) : captions.inputs;
}

const toMatrices = (): void => openView('matrices');
