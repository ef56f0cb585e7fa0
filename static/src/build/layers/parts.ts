/** What the parameters of a layer are called in a few words. */

import { texts } from '../../texts';

const { layers, field } = texts.build;

export function partOf(part: string, layer: string): string {
  const name = layers.parts[part] ?? field(part);
  return layers.parameter(name, layer);
}
