import type { LayerTrace } from '../api/types';
import { shapeOf } from '../lookup';
import { select } from '../state/moves';
import { sample, trace } from '../state/store';
import { texts } from '../texts';

const words = texts.matrices;

/** A layer on images has its matrices elsewhere. */
export function ImageNote({ layer }: { layer: LayerTrace | null }) {
  if (!layer) return null;
  const named = `${texts.layerTitle(layer.type)} ${layer.name}`;
  const first = [
    sample.value,
    ...shapeOf(trace.value?.tensors[layer.output])
      .slice(1)
      .map(() => 0),
  ];
  return (
    <p class="image-note">
      {words.images(named)}{' '}
      {/* biome-ignore lint/a11y/useValidAnchor: it leads to the diagram, and on the way selects what is to be seen there. */}
      <a
        href="#diagram"
        onClick={() => {
          select(`${layer.name}.output[${first.join()}]`);
        }}
      >
        {words.openDiagram}
      </a>
    </p>
  );
}
