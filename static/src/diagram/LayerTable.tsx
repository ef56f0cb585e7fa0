import type { LayerTrace, Trace } from '../api/types';
import { texts } from '../texts';

/** For networks with too many edges to draw: said in words, with every layer's shape. */
export function LayerTable({ trace }: { trace: Trace }) {
  const heads = texts.diagram.table;
  return (
    <div class="layer-table">
      <p>{texts.diagram.tooLarge}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{heads.layer}</th>
            <th scope="col">{heads.type}</th>
            <th scope="col">{heads.shape}</th>
            <th scope="col">{heads.parameters}</th>
          </tr>
        </thead>
        <tbody>
          {trace.layers.map((layer) => (
            <tr key={layer.name}>
              <th scope="row">{layer.name}</th>
              <td>{texts.layerTitle(layer.type)}</td>
              <td>{texts.build.layerShape(layer.input[0]?.length ?? 0, layer.output[0]?.length ?? 0)}</td>
              <td>{count(layer)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function count({ parameters }: LayerTrace): number {
  return Object.values(parameters).reduce((sum, { value }) => sum + value.flat().length, 0);
}
