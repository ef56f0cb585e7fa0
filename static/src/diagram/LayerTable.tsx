import type { LayerTrace, Trace } from '../api/types';
import { sampleShape, shapeText } from '../shape';
import { texts } from '../texts';

/** For networks that cannot be drawn as nodes and lines: said in words, with every layer's shape. */
export function LayerTable({ trace }: { trace: Trace }) {
  const heads = texts.diagram.table;
  return (
    <div class="layer-table">
      <p>{sampleShape(trace.document.x).length > 1 ? texts.diagram.images : texts.diagram.tooLarge}</p>
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
              <td>{texts.build.layerShape(shapeText(layer.input), shapeText(layer.output))}</td>
              <td>{count(layer)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function count({ parameters }: LayerTrace): number {
  return Object.values(parameters).reduce((sum, { value }) => sum + value.flat(3).length, 0);
}
