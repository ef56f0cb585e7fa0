import { useRef } from 'preact/hooks';
import type { NetworkDocument } from '../../api/types';
import { fresh, type Settings } from '../../model/layer-settings';
import { shapesOf } from '../../model/lookup';
import { outputs, revise } from '../../state/buildActions';
import { catalog, trace } from '../../state/store';
import { texts } from '../../texts';
import { LayerSelect } from '../../ui/choices';
import { memo } from '../../ui/memo';
import { LayerPart } from './LayerPart';
import './layers.css';

const words = texts.build.layers;

/** In larger networks layers are closed by default: their numbers would hide the list of layers. */
const FEW = 3;

/** The layers in their order; each can be moved, changed, opened and removed. */
export function Layers({ document }: { document: NetworkDocument }) {
  const list = useRef<HTMLOListElement>(null);
  const layers = document.layers as Settings[];
  const withNumbers = trace.value?.layers.filter(({ parameters }) => Object.keys(parameters).length > 0).length ?? 0;
  return (
    <section class="part layers">
      <h3>{words.title}</h3>
      <ol ref={list} aria-label={words.list}>
        {layers.map((layer, place) => {
          const { input, output } = shapesIn(layer);
          return (
            <LayerPart
              key={layer.name ?? `new ${place}`}
              layer={layer}
              place={place}
              count={layers.length}
              input={written(input)}
              output={written(output)}
              width={widthOf(output)}
              number={numberOf(layers, place)}
              opened={withNumbers <= FEW}
              list={list}
            />
          );
        })}
      </ol>
      <AddLayer at={layers.length} width={outputs.value} />
    </section>
  );
}

/** A layer added at the end is as wide as the targets, so that they still fit. */
const AddLayer = memo(({ at, width }: { at: number; width: number | undefined }) => (
  <LayerSelect
    label={words.add}
    title={`+ ${words.add}`}
    onChoose={(kind) => revise({ kind: 'add', at, layer: fresh(kind, width) })}
    kinds={catalog.value?.layers ?? []}
  />
));

/** The shapes of one sample at a layer's input and output; unknown until the service has traced it. */
function shapesIn({ name }: Settings): { input?: number[]; output?: number[] } {
  const traced = trace.value?.layers.find((layer) => layer.name === name);
  return traced && trace.value ? shapesOf(trace.value, traced) : {};
}

const written = (shape: readonly number[] | undefined): string => shape?.join('×') ?? words.unknownShape;
const widthOf = (shape: readonly number[] | undefined): number | undefined =>
  shape?.length === 1 ? shape[0] : undefined;

/** The layer's number: layers with parameters are counted, from 1. */
function numberOf(layers: readonly Settings[], place: number): number {
  const named = trace.value?.layers ?? [];
  const counts = layers.slice(0, place + 1).filter((layer) => {
    const traced = named.find(({ name }) => name === layer.name);
    return traced ? traced.parameters.length > 0 : 'w' in layer || 'output_dim' in layer;
  });
  return counts.length;
}
