/** The shape of one sample: the numbers along each axis after the samples'. */

import type { NetworkDocument } from './api/types';
import { rowsOf } from './rows';

export type Nested = number | null | readonly Nested[];

export function sampleShape(samples: readonly Nested[]): number[] {
  const shape: number[] = [];
  let inner = samples[0];
  while (Array.isArray(inner)) {
    shape.push(inner.length);
    inner = inner[0];
  }
  return shape;
}

/** As it is written: 1×28×28. */
export function shapeText(samples: readonly Nested[]): string {
  return sampleShape(samples).join('×') || '0';
}

/** The shape of all of the numbers, as it is written: 60×1×28×28. */
export function wholeShape(numbers: readonly Nested[]): string {
  return sampleShape([numbers]).join('×');
}

/** Whether samples have more axes than one: they are drawn as images then. */
export const isOfImages = ({ document }: { document: NetworkDocument }): boolean =>
  sampleShape(rowsOf(document).x).length > 1;
