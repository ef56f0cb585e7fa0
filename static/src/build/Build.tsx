import type { NetworkDocument } from '../api/types';
import { SymbolMath } from '../maths/MathML';
import { spoken } from '../maths/symbol';
import { retrace } from '../state/network';
import { network, trace, trouble } from '../state/store';
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
      <General />
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

/** What is wrong with all of it, or with the way to the server. */
function General() {
  return (
    <>
      <Messages at={(where) => where === ''} />
      {trouble.value && (
        <div role="alert" class="messages">
          {trouble.value.kind === 'unreachable' ? (
            <p class="message">
              {texts.problems.unreachable}{' '}
              <button type="button" class="link" onClick={() => void retrace()}>
                {texts.problems.retry}
              </button>
            </p>
          ) : (
            trace.value && <p class="message quiet-message">{texts.problems.keeping}</p>
          )}
        </div>
      )}
    </>
  );
}

function Data({ of, which, title }: { of: NetworkDocument; which: 'x' | 'y'; title: string }) {
  const rows = of[which].map((row) => (Array.isArray(row) ? row : [row as number]));
  const labels = !Array.isArray(of[which][0]);
  const name = (row: number, column: number) => {
    const sample = of.x.length > 1 ? `^[${(labels ? column : row) + 1}]` : '';
    return spoken(`${which}_${column + 1}${sample}`);
  };
  return (
    <section class="part data">
      <h3>
        {title} <SymbolMath of={which} />
      </h3>
      <Numbers pointer={`/${which}`} label={title} rows={labels ? [rows.flat()] : rows} vector={labels} name={name} />
      <Messages at={(where) => where === `/${which}`} />
    </section>
  );
}
