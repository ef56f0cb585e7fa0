import type { LayerDocument, Trace } from '../api/types';
import { SymbolMath } from '../maths/MathML';
import { symbolOf } from '../maths/names';
import { spoken } from '../maths/symbol';
import { sampleShape, shapeText, wholeShape } from '../shape';
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
          <span class="layer-shape">{texts.build.layerShape(shapeText(traced.input), shapeText(traced.output))}</span>
        )}
      </h3>
      {parameters.map(([part, { value }]) => {
        const given = (layer as Record<string, unknown>)[part] as typeof value | null | undefined;
        const numbers = given ?? value;
        const vector = !Array.isArray(numbers[0]);
        const deep = sampleShape(numbers).length > 1;
        const rows = vector ? [numbers as number[]] : (numbers as number[][]);
        const label = labelOf(part, name);
        const symbol = (row: number, column: number) =>
          spoken(trace ? symbolOf(trace, `${name}.${part}[${vector ? column : `${row},${column}`}]`) : part);
        return (
          <div class="parameter" key={part}>
            <span class="parameter-symbol">
              <SymbolMath of={`${part}^(${number})`} />
            </span>
            <div>
              {deep ? (
                <p class="too-many">{texts.build.tooDeep(wholeShape(numbers))}</p>
              ) : (
                <Numbers pointer={`${pointer}/${part}`} label={label} rows={rows} vector={vector} name={symbol} />
              )}
            </div>
          </div>
        );
      })}
      <Messages at={(where) => where === pointer} />
    </section>
  );
}

function labelOf(part: string, layer: string): string {
  if (part === 'w') return texts.build.weights(layer);
  return part === 'b' ? texts.build.biases(layer) : texts.build.parameter(part, layer);
}
