import type { NetworkDocument } from '../api/types';
import { SymbolMath } from '../maths/MathML';
import { spoken } from '../maths/symbol';
import { sampleShape, wholeShape } from '../shape';
import { network, trace } from '../state/store';
import { texts } from '../texts';
import { LayerPart } from './LayerPart';
import { Messages } from './Messages';
import { Numbers } from './Numbers';
import { Training } from './Training';
import './build.css';

const words = texts.build;

export function Build() {
  const document = network.value;
  return (
    <section class="build" aria-labelledby="build-title">
      <h2 id="build-title" class="visually-hidden">
        {words.title}
      </h2>
      <Messages at={(where) => where === ''} />
      {document && trace.value && (
        <>
          <Data of={document} which="x" title={words.inputs} />
          {document.layers.map((layer, place) => (
            <LayerPart key={`${layer.name ?? place}`} layer={layer} place={place} trace={trace.value} />
          ))}
          <Data of={document} which="y" title={words.targets} />
          <Training document={document} />
        </>
      )}
    </section>
  );
}

function Data({ of, which, title }: { of: NetworkDocument; which: 'x' | 'y'; title: string }) {
  const name = (row: number, column: number) => {
    const sample = of.x.length > 1 ? `^[${row + 1}]` : '';
    return spoken(`${which}_${column + 1}${sample}`);
  };
  const given = of[which];
  const classes = given.filter((target) => typeof target === 'number');
  const vector = classes.length > 0;
  const rows = vector ? classes.map((one) => [one]) : (given as number[][]);
  return (
    <section class="part data">
      <h3>
        {title} <SymbolMath of={which} />
      </h3>
      {sampleShape(given).length > 1 ? (
        <p class="too-many">{words.tooDeep(wholeShape(given))}</p>
      ) : (
        <Numbers
          pointer={`/${which}`}
          label={title}
          rows={rows}
          vector={vector}
          name={vector ? (row) => words.classOf(row + 1) : name}
        />
      )}
      <Messages at={(where) => where === `/${which}`} />
    </section>
  );
}
