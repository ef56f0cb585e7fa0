/**
 * Which number of a tensor the current step is about: the one that it computes, or else the one that its formulas are
 * made of, so that what a formula multiplies by can be read where the picture is lit.
 */

import type { Stage, Trace } from '../api/types';
import { gradientOf, nextOf } from '../refs';
import type { Piece } from './cursor';
import { makerOf } from './known';

export type Facing = 'value' | 'gradient' | 'next';

/** Those of a weight, a bias or another parameter, by the ref of one of its entries or of all of it. */
export function facingsOf(pieces: readonly Piece[], ref: string): Facing[] {
  const tensor = ref.split('[')[0] as string;
  const layer = tensor.slice(0, tensor.indexOf('.'));
  const does = (computes: Stage['computes']) =>
    pieces.some(({ stage }) => stage.layer === layer && stage.computes === computes);
  const updates = does('next');
  return [
    ...(isRead(pieces, tensor) ? (['value'] as const) : []),
    ...(updates || does('parameter_gradients') ? (['gradient'] as const) : []),
    ...(updates ? (['next'] as const) : []),
  ];
}

/** That of an input or of a layer's output, `x` or `relu_1.output`; null where the step is not about it. */
export function facingOf({ stages }: Pick<Trace, 'stages'>, pieces: readonly Piece[], tensor: string): Facing | null {
  const computed = (ref: string) => {
    const maker = makerOf(stages, ref);
    return maker?.computed && pieces.some(({ stage }) => stage === maker.stage);
  };
  if (computed(gradientOf(tensor))) return 'gradient';
  return computed(tensor) || isRead(pieces, tensor) ? 'value' : null;
}

const isRead = (pieces: readonly Piece[], tensor: string): boolean =>
  pieces.some(({ stage }) => stage.reads.includes(tensor));

/** The ref of such a number. */
export function facedRef(ref: string, facing: Facing): string {
  return { value: ref, gradient: gradientOf(ref), next: nextOf(ref) }[facing];
}
