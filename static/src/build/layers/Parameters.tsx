import { computed } from '@preact/signals';
import { Lock } from '../../Lock';
import { SymbolMath } from '../../maths/MathML';
import { symbolOf } from '../../maths/names';
import { spoken } from '../../maths/symbol';
import { memo } from '../../memo';
import { type Nested, sampleShape, wholeShape } from '../../shape';
import { trace } from '../../state/store';
import { texts } from '../../texts';
import { revise } from '../act';
import { Numbers } from '../Numbers';
import { frozenOf } from '../revise';
import { NUMBERS, type Settings } from '../schema';
import { partOf } from './parts';

const words = texts.build;

interface Props {
  layer: Settings;
  place: number;
  number: number;
  /** The parameters that can be frozen. */
  freezable: readonly string[];
  onSetAll: (part: string) => void;
}

/** A layer's numbers: a row for each input, a column for each output, the biases beneath. */
export function Parameters({ layer, place, number, freezable, onSetAll }: Props) {
  const name = layer.name ?? words.layers.fresh;
  const parts = NUMBERS.filter((part) => Array.isArray(layer[part]));
  if (parts.length === 0) return <p class="too-many">{words.layers.drawn}</p>;
  return (
    <>
      {parts.map((part) => (
        <div class="parameter" key={part}>
          <button
            type="button"
            class="parameter-symbol"
            title={words.setAll.openTitle(labelOf(part, name))}
            aria-label={`${words.setAll.open} ${labelOf(part, name)}`}
            onClick={() => onSetAll(part)}
          >
            <SymbolMath of={`${SYMBOLS[part] ?? part}^(${number})`} />
          </button>
          {freezable.includes(part) && (
            <LockButton
              name={partOf(part, name)}
              frozen={frozenOf(layer).includes(part)}
              set={(frozen) => revise({ kind: 'freeze', at: place, part, frozen })}
            />
          )}
          <Values numbers={layer[part] as Nested[]} name={name} part={part} place={place} />
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

/** Keeps updates from changing a parameter, or lets it learn. */
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

const SYMBOLS: Readonly<Record<string, string>> = {
  gamma: 'γ',
  beta: 'β',
  running_mean: 'μ',
  running_variance: 'σ²',
};

interface ValuesProps {
  numbers: Nested[];
  name: string;
  part: string;
  place: number;
}

/** What symbols depend on: of which layers the network that is drawn consists. */
const drawnLayers = computed(() => JSON.stringify(trace.value?.layers.map(({ name, type }) => [name, type])));

const Values = memo(({ numbers, name, part, place }: ValuesProps) => {
  void drawnLayers.value;
  if (sampleShape(numbers).length > 1) return <p class="too-many">{words.tooDeep(wholeShape(numbers))}</p>;
  const vector = !Array.isArray(numbers[0]);
  const rows = (vector ? [numbers] : numbers) as number[][];
  const drawn = trace.peek();
  const traced = drawn?.layers.some((one) => one.name === name) ? drawn : null;
  const symbol = (row: number, column: number) => {
    const index = vector ? column : `${row},${column}`;
    return traced ? spoken(symbolOf(traced, `${name}.${part}[${index}]`)) : `${part} ${index}`;
  };
  return (
    <Numbers
      pointer={`/layers/${place}/${part}`}
      label={labelOf(part, name)}
      rows={rows}
      vector={vector}
      name={symbol}
    />
  );
});

/** What a parameter is called, aloud and in titles. */
export function labelOf(part: string, layer: string): string {
  if (part === 'w') return words.layers.weights(layer);
  return part === 'b' ? words.layers.biases(layer) : words.layers.parameter(words.field(part), layer);
}
