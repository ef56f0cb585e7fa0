import { useRef } from 'preact/hooks';
import type { NetworkDocument } from '../../api/types';
import { memo } from '../../memo';
import { catalog, trace } from '../../state/store';
import { texts } from '../../texts';
import { revise } from '../act';
import { fresh } from '../schema';
import { LayerPart } from './LayerPart';
import { LayerSelect } from './LayerSelect';
import { inputShapes, type Settings, type Shape } from './shapes';
import './layers.css';

const words = texts.build.layers;

/** Opened without being asked, the numbers of more layers than this would hide what the network is made of. */
const FEW = 3;

/** The layers in their order; each can be moved, changed, opened and removed. */
export function Layers({ document }: { document: NetworkDocument }) {
  const list = useRef<HTMLOListElement>(null);
  const layers = document.layers as Settings[];
  const shapes = inputShapes(document);
  const withNumbers = trace.value?.layers.filter(({ parameters }) => Object.keys(parameters).length > 0).length ?? 0;
  return (
    <section class="part layers">
      <h3>{words.title}</h3>
      <ol ref={list} aria-label={words.list}>
        {layers.map((layer, place) => (
          <LayerPart
            key={layer.name ?? `new ${place}`}
            layer={layer}
            place={place}
            count={layers.length}
            input={written(shapes[place])}
            output={written(shapes[place + 1])}
            width={widthOf(shapes[place + 1])}
            number={numberOf(layers, place)}
            opened={withNumbers <= FEW}
            list={list}
          />
        ))}
      </ol>
      <AddLayer at={layers.length} width={shapes.at(-1)?.[0]} />
    </section>
  );
}

/** At the end a layer as wide as the targets leaves them fitting. */
const AddLayer = memo(({ at, width }: { at: number; width: number | undefined }) => (
  <LayerSelect
    label={words.add}
    title={`+ ${words.add}`}
    onChoose={(kind) => revise({ kind: 'add', at, layer: fresh(kind, width) })}
    kinds={catalog.value?.layers ?? []}
  />
));

const written = (shape: Shape | null | undefined): string => shape?.join('×') ?? words.unknownShape;
const widthOf = (shape: Shape | null | undefined): number | undefined => (shape?.length === 1 ? shape[0] : undefined);

/** The layer's number: layers with parameters are counted, from 1. */
function numberOf(layers: readonly Settings[], place: number): number {
  const named = trace.value?.layers ?? [];
  const counts = layers.slice(0, place + 1).filter((layer) => {
    const traced = named.find(({ name }) => name === layer.name);
    return traced ? Object.keys(traced.parameters).length > 0 : 'w' in layer || 'output_dim' in layer;
  });
  return counts.length;
}
