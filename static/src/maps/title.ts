import { texts } from '../texts';
import type { Column } from './slices';

const words = texts.maps;

/** How a column is called: by its layer. */
export function titleOf({ kind, layer }: Column): string {
  if (layer) return words.columnTitle(layer.name, texts.layerTitle(layer.type));
  if (kind === 'probability') return words.probabilities;
  return kind === 'input' ? words.input : words.target;
}
