import { computed } from '@preact/signals';
import type { Trace } from '../../api/types';
import { spoken } from '../../maths/symbol';
import { setAt } from '../../model/json';
import type { LayerKind, Settings } from '../../model/layer-settings';
import { type Nested, sampleShape, wholeShape } from '../../model/lookup';
import { plainSymbol, symbolOf } from '../../model/refs';
import { frozenOf } from '../../model/revise';
import { parseNumber } from '../../numbers/format';
import { partOf, put, revise } from '../../state/buildActions';
import { network, trace } from '../../state/store';
import { columns } from '../../state/visibleGraph';
import { texts } from '../../texts';
import { Lock } from '../../ui/Lock';
import { SymbolMath } from '../../ui/MathML';
import { memo } from '../../ui/memo';
import { type Heads, Numbers, widestOf } from '../Numbers';

const words = texts.build;

interface Props {
  layer: Settings;
  place: number;
  number: number;
  /** Its parameters, with the letter of each. */
  numbers: LayerKind['numbers'];
  /** The parameters that can be frozen. */
  freezable: readonly string[];
  /** Opens the text field for all numbers of a parameter, with its current numbers or the pasted text. */
  onSetAll: (part: string, pasted?: string) => void;
}

/** A layer's parameters: weights with a row for each input and a column for each output, and the biases beneath. */
export function Parameters({ layer, place, number, numbers, freezable, onSetAll }: Props) {
  const name = layer.name ?? words.layers.fresh;
  const given = numbers.filter(({ name: part }) => Array.isArray(layer[part]));
  const parts = given.map(({ name: part }) => part);
  if (parts.length === 0) return <p class="too-many">{words.layers.drawn}</p>;
  const flat = parts.filter((part) => sampleShape(layer[part] as Nested[]).length < 2);
  const widest = Math.max(...flat.map((part) => widestOf(rowsOf(layer[part] as Nested[]))));
  const paste = async (part: string, at: [number, number], text: string) => {
    if (!flat.includes(part)) return onSetAll(part, text);
    const { pasted } = await import('./matrix-text');
    const found = pasted(layer, part, at, text);
    const document = network.peek();
    if (!found || !document) return onSetAll(part, text);
    const places = Object.keys(found).map((changed) => `/layers/${place}/${changed}`);
    const next = Object.entries(found).reduce(
      (whole, [changed, numbers]) => setAt(whole, `/layers/${place}/${changed}`, numbers),
      document,
    );
    put(next, { title: words.done.pastedInto(partOf(part, name)), places });
  };
  /** A single pasted number is typed into the field. */
  const pasteInto = (part: string) => (row: number, column: number, text: string) => {
    if (parseNumber(text) !== null || !isTable(text)) return false;
    void paste(part, [row, column], text);
    return true;
  };
  return (
    <>
      {given.map(({ name: part, symbol }) => (
        <div class="parameter" key={part}>
          <button
            type="button"
            class="parameter-symbol"
            title={words.setAll.openTitle(labelOf(part, layer))}
            aria-label={`${words.setAll.open} ${labelOf(part, layer)}`}
            onClick={() => onSetAll(part)}
          >
            <SymbolMath of={`${symbol}^(${number})`} />
          </button>
          {freezable.includes(part) && (
            <LockButton
              name={partOf(part, name)}
              frozen={frozenOf(layer).includes(part)}
              set={(frozen) => revise({ kind: 'freeze', at: place, part, frozen })}
            />
          )}
          <Values
            numbers={layer[part] as Nested[]}
            label={labelOf(part, layer)}
            name={name}
            part={part}
            letter={symbol}
            number={number}
            place={place}
            headed={part === flat[0]}
            widest={widest}
            onPaste={pasteInto(part)}
          />
        </div>
      ))}
    </>
  );
}

interface LockProps {
  name: string;
  frozen: boolean;
  set: (frozen: boolean) => void;
}

/** Freezes a parameter, or lets it learn. */
function LockButton({ name, frozen, set }: LockProps) {
  return (
    <button
      type="button"
      class="parameter-lock"
      aria-pressed={frozen}
      aria-label={words.layers.freeze(name)}
      title={words.layers.freezeTitle(name, frozen)}
      onClick={() => set(!frozen)}
    >
      <Lock open={!frozen} />
    </button>
  );
}

interface ValuesProps {
  numbers: Nested[];
  label: string;
  name: string;
  part: string;
  letter: string;
  place: number;
  number: number;
  /** Whether its columns have heads; a matrix beneath has the same columns and none. */
  headed: boolean;
  widest: number;
  onPaste: (row: number, column: number, text: string) => boolean;
}

/** Symbols depend on the layers of the drawn network. */
const drawnLayers = computed(() => JSON.stringify(trace.value?.layers.map(({ name, type }) => [name, type])));

const rowsOf = (numbers: Nested[]): number[][] => (Array.isArray(numbers[0]) ? numbers : [numbers]) as number[][];

const Values = memo(({ numbers, label, name, part, letter, place, number, headed, widest, onPaste }: ValuesProps) => {
  void drawnLayers.value;
  if (sampleShape(numbers).length > 1) {
    if (countOf(numbers) > MOST_IN_GRIDS) return <p class="too-many">{words.tooDeep(wholeShape(numbers))}</p>;
    return (
      <div class="grids">
        {gridsOf(numbers).map(({ at, rows }) => (
          <Grid key={at.join()} at={at} rows={rows} {...{ label, part, letter, place, number, onPaste }} />
        ))}
      </div>
    );
  }
  const vector = !Array.isArray(numbers[0]);
  const drawn = trace.peek();
  const traced = drawn?.layers.some((one) => one.name === name) ? drawn : null;
  const symbol = (row: number, column: number) => {
    const index = vector ? column : `${row},${column}`;
    return traced ? spoken(symbolOf(traced, `${name}.${part}[${index}]`)) : `${letter} ${index}`;
  };
  return (
    <Numbers
      pointer={`/layers/${place}/${part}`}
      label={label}
      rows={rowsOf(numbers)}
      vector={vector}
      name={symbol}
      heads={headsOf(traced, name, part, headed)}
      widest={widest}
      onPaste={onPaste}
    />
  );
});

interface GridProps {
  /** The index along the leading axes. */
  at: readonly number[];
  rows: readonly (readonly number[])[];
  label: string;
  part: string;
  letter: string;
  place: number;
  number: number;
  onPaste: ValuesProps['onPaste'];
}

/** The last two axes of a larger tensor, such as one input channel of a filter: a separate grid with its name above. */
function Grid({ at, rows, label, part, letter, place, number, onPaste }: GridProps) {
  const symbol = (indices: readonly number[]) =>
    `${letter}_${indices.map((index) => index + 1).join(indices.some((index) => index > 8) ? ',' : '')}^(${number})`;
  return (
    <div class="grid">
      <SymbolMath of={symbol(at)} />
      <Numbers
        pointer={`/layers/${place}/${part}/${at.join('/')}`}
        label={`${label}: ${spoken(symbol(at))}`}
        rows={rows}
        name={(row, column) => spoken(symbol([...at, row, column]))}
        heads={NO_HEADS}
        widest={widestOf(rows)}
        onPaste={onPaste}
      />
    </div>
  );
}

const NO_HEADS: Heads = { row: () => '', column: null };
/** Larger tensors are edited only as text. */
const MOST_IN_GRIDS = 200;

const countOf = (numbers: Nested): number =>
  Array.isArray(numbers) ? numbers.reduce((sum: number, one) => sum + countOf(one as Nested), 0) : 1;

interface OneGrid {
  at: number[];
  rows: number[][];
}

function gridsOf(numbers: readonly Nested[], at: number[] = []): OneGrid[] {
  const isGrid = !Array.isArray((numbers[0] as readonly Nested[])[0]);
  if (isGrid) return [{ at, rows: numbers as unknown as number[][] }];
  return numbers.flatMap((one, index) => gridsOf(one as readonly Nested[], [...at, index]));
}

/** The name of a parameter, for screen readers and titles. */
export function labelOf(part: string, layer: Settings): string {
  const name = layer.name ?? words.layers.fresh;
  const isDeep = Array.isArray(layer[part]) && sampleShape(layer[part] as Nested[]).length > 1;
  if (part === 'w') return isDeep ? words.layers.filters(name) : words.layers.weights(name);
  return part === 'b' ? words.layers.biases(name) : words.layers.parameter(words.field(part), name);
}

/** More than one number. */
const isTable = (text: string): boolean => /[\s,;[({]/.test(text.trim());

/** The heads of the rows and columns of the weights: the units that they connect, named as in the picture. */
function headsOf(traced: Trace | null, name: string, part: string, headed: boolean): Heads {
  if (!traced) return { row: () => '', column: null };
  const unit = (ref: string) => plainSymbol(traced, ref);
  const group = columns.peek().find(({ layers }) => layers.some((layer) => layer.name === name));
  const last = group?.layers.at(-1)?.name ?? name;
  return {
    row: (row) => (part === 'w' ? unit(`${name}.input[0,${row}]`) : part === 'b' ? unit(`${name}.one[0]`) : ''),
    column: headed ? (column) => unit(`${last}.output[0,${column}]`) : null,
  };
}
