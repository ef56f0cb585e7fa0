import type { LayerDocument, Trace } from '../api/types';
import { SymbolMath } from '../maths/MathML';
import { symbolOf } from '../maths/names';
import { spoken } from '../maths/symbol';
import { texts } from '../texts';
import { Messages } from './Messages';
import { Numbers } from './Numbers';

interface Props {
  layer: LayerDocument;
  place: number;
  trace: Trace | null;
}

/** A layer with its parameters: a row for each input, a column for each output, the biases beneath. */
export function LayerPart({ layer, place, trace }: Props) {
  const traced = trace?.layers[place];
  const parameters = Object.entries(traced?.parameters ?? {});
  const number = trace?.layers.slice(0, place + 1).filter((one) => Object.keys(one.parameters).length).length ?? 0;
  const pointer = `/layers/${place}`;
  const name = layer.name ?? traced?.name ?? '';
  return (
    <section class="part layer">
      <h3>
        {texts.layerTitle(layer.type)} <span class="layer-name">{name}</span>
        {traced && parameters.length > 0 && (
          <span class="layer-shape">
            {texts.build.layerShape(traced.input[0]?.length ?? 0, traced.output[0]?.length ?? 0)}
          </span>
        )}
      </h3>
      {parameters.map(([part, { value }]) => {
        const given = (layer as Record<string, unknown>)[part] as typeof value | null | undefined;
        const numbers = given ?? value;
        const vector = !Array.isArray(numbers[0]);
        const rows = vector ? [numbers as number[]] : (numbers as number[][]);
        const label = vector ? texts.build.biases(name) : texts.build.weights(name);
        const symbol = (row: number, column: number) =>
          spoken(trace ? symbolOf(trace, `${name}.${part}[${vector ? column : `${row},${column}`}]`) : part);
        return (
          <div class="parameter" key={part}>
            <span class="parameter-symbol">
              <SymbolMath of={`${part}^(${number})`} />
            </span>
            <div>
              <Numbers pointer={`${pointer}/${part}`} label={label} rows={rows} vector={vector} name={symbol} />
            </div>
          </div>
        );
      })}
      <Messages at={(where) => where === pointer} />
    </section>
  );
}
