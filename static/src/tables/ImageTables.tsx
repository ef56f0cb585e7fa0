import { computed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { spoken } from '../maths/symbol';
import { canonical } from '../model/refs';
import { isComputed } from '../model/results';
import { refInSight, selection } from '../state/attention';
import { isKnown } from '../state/known';
import { derivativeOf, opened, parameterDerivative, titleOf, toggleColumn } from '../state/maps';
import { toggleTable } from '../state/moves';
import { growing, pieces, titleOfNetwork, trace } from '../state/store';
import { runningSum } from '../state/telling';
import { openView } from '../state/view';
import { texts } from '../texts';
import { useFollowed } from '../ui/useFollowed';
import { columnsOf, Entries } from './Entries';
import type { Grid } from './grids';
import { currentIn, filtersId, imageTables, type LayerTables, rowId } from './images';
import { entry } from './rows';
import { goAround, type Line, More, numberLine, Table, useStop, WEIGHTS, weightLine, weightsCaption } from './Table';
import './tables.css';

const words = texts.tables;
const { captions, heads } = words;
const UNITS = [heads.unit, heads.value, heads.gradient];
const PARAMETERS = [heads.symbol, heads.value, heads.gradient, heads.next];

/** The feature maps as tables: for each layer its parameters, and then its output. */
export function ImageTables() {
  const page = useRef<HTMLElement>(null);
  useFollowed(page, currentRow.value);
  const loss = lossLine.value;
  return (
    <section
      class="tables"
      ref={page}
      aria-label={words.label(titleOfNetwork(trace.value?.document.name ?? ''))}
      aria-description={texts.maps.mapHint}
    >
      {imageTablesShown.value.map((tables) => (
        <OneLayer key={tables.column.id} {...tables} />
      ))}
      {loss && <Table caption={captions.loss} heads={[heads.symbol, heads.value]} lines={[loss]} />}
    </section>
  );
}

function OneLayer({ column, maps, moreMaps, units, moreUnits, ...own }: LayerTables) {
  const title = titleOf(column);
  return (
    <section class="layer" aria-label={title}>
      <Parameters {...own} layer={column.layer?.name ?? ''} />
      {maps.map((grid) => (
        <GridTable
          key={grid.key}
          caption={captions.of(
            texts.maps.map(title, channelOf(grid), column.slices.length),
            words.numbers[grid.derivative || 'value'],
          )}
          grid={grid}
        />
      ))}
      <Shown id={column.id} more={moreMaps} text={words.moreMaps} />
      {[...own.filters, ...maps].some(({ cut }) => cut) && (
        <More text={words.cutMap} way={words.openMaps} go={toggleTable} />
      )}
      {units.length > 0 && <Table caption={title} heads={UNITS} lines={units.map((row) => numberLine(row, false))} />}
      {moreUnits > 0 && <More text={words.cutUnits(moreUnits)} way={words.openMaps} go={toggleTable} />}
    </section>
  );
}

type Own = Pick<LayerTables, 'filters' | 'moreFilters' | 'parameters' | 'weights' | 'moreWeights'>;

/** A layer's parameters come first, as in the picture. */
function Parameters(props: Own & { layer: string }) {
  const { filters, moreFilters, parameters, weights, moreWeights, layer } = props;
  const areBiases = parameters.every(({ ref }) => ref.startsWith(`${layer}.b[`));
  return (
    <>
      {filters.map((grid) => (
        <GridTable
          key={grid.key}
          caption={captions.of(filterName(grid, layer), words.numbers[grid.derivative || 'value'])}
          grid={grid}
        />
      ))}
      <Shown id={filtersId(layer)} more={moreFilters} text={words.moreFilters} />
      {parameters.length > 0 && (
        <Table
          caption={areBiases ? captions.biases(layer) : captions.parameters(layer)}
          heads={PARAMETERS}
          lines={parameters.map((row) => numberLine(row, true))}
        />
      )}
      {weights.length > 0 && (
        <Table caption={weightsCaption(layer, weights)} heads={WEIGHTS} lines={weights.map(weightLine)} />
      )}
      {moreWeights > 0 && (
        <More text={words.moreWeights(moreWeights)} way={words.openMatrices} go={() => openView('matrices')} />
      )}
    </>
  );
}

const channelOf = ({ slice }: Grid): number => (slice.prefix.at(-1) ?? 0) + 1;

/** Filters have names; other parameters are known by their symbol. */
function filterName({ slice }: Grid, layer: string): string {
  const part = slice.tensor.split('.').at(-1) ?? '';
  const [filter = 0, channel] = slice.prefix;
  if (part === 'w') return texts.maps.filter(layer, filter + 1, channel === undefined ? null : channel + 1);
  return texts.maps.map(captions.parameter(spoken(part), layer), filter + 1, slice.prefix.length > 0 ? 2 : 1);
}

/** The number of omitted rows, with a button that shows them, or hides them again. */
function Shown({ id, more, text }: { id: string; more: number; text: (count: number) => string }) {
  if (more > 0) return <More text={text(more)} way={words.showAll} go={() => toggleColumn(id)} />;
  return opened.value.has(id) ? <More text="" way={words.showFirst} go={() => toggleColumn(id)} /> : null;
}

/** A map in rows and columns; the numbers of the current step are marked. */
function GridTable({ caption, grid }: { caption: string; grid: Grid }) {
  const { key, columns, rows } = grid;
  const { stop, onFocusCapture } = useStop(rows.flatMap(({ entries }) => entries));
  const inCommon = columnsOf(rows, columns.length);
  return (
    <table class="grid" onKeyDown={goAround} onFocusCapture={onFocusCapture}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <td />
          {columns.map((column) => (
            <th key={column} scope="col">
              <Head place={column} text={words.column} sign="⋯" />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, entries }) => (
          <tr key={row} data-near={row === null ? undefined : rowId(key, row)}>
            <th scope="row">
              <Head place={row} text={words.row} sign="⋮" />
            </th>
            <Entries entries={entries} columns={inCommon} stop={stop} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The number of a row or a column, counted from 1 as everywhere on the page. */
function Head({ place, text, sign }: { place: number | null; text: (place: number) => string; sign: string }) {
  return (
    <>
      <span class="visually-hidden">{place === null ? words.leftOut : text(place + 1)}</span>
      <span aria-hidden="true">{place === null ? sign : place + 1}</span>
    </>
  );
}

/** The content of the tables of a network on images, computed once for each change of its inputs. */

function computes(ref: string): boolean {
  if (growing.value) return growing.value.ref === ref;
  return trace.value !== null && isComputed(trace.value, pieces.value, ref);
}

const imageTablesShown = computed(() => {
  if (!trace.value) return [];
  return imageTables(trace.value, {
    known: isKnown,
    sum: runningSum.value,
    computes,
    needed: refInSight.value && canonical(trace.value.layers, refInSight.value),
    selected: selection.value,
    derivative: derivativeOf,
    parameter: parameterDerivative,
    opened: opened.value,
  });
});

/** The loss has a separate table, after the targets. */
const lossLine = computed<Line | null>(() => {
  if (!trace.value) return null;
  const value = entry('loss', trace.value.loss.value, { known: isKnown, sum: runningSum.value });
  return { id: 'loss', symbol: 'ℓ', current: computes('loss'), facts: [], entries: [value] };
});

/** The first row of the current step: it is scrolled into view. */
const currentRow = computed(() => currentIn(imageTablesShown.value) ?? (lossLine.value?.current ? 'loss' : null));
