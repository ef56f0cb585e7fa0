import { memo } from '../memo';
import { placeOf } from './box-style';
import type { Size } from './layout';
import { cellBox } from './receptive';
import type { Stand } from './view';

interface Props {
  of: Stand[];
  cell: Size;
  /** The cell that the keys are at. */
  focused: readonly [number, number] | null;
}

/** Frames over a map: the cell looked at, the field that it sees, beyond the image where there is padding. */
export const Frames = memo(({ of, cell, focused }: Props) => (
  <div class="frames" aria-hidden="true">
    {of.map(({ kind, box }, place) => (
      // By place: from number to number a frame moves.
      <i key={`${kind} ${place}`} class={`frame ${kind}`} style={placeOf(box, cell)} />
    ))}
    {focused && <i class="frame focus" style={placeOf(cellBox(focused), cell)} />}
  </div>
));
