/** A map is one stop of the Tab key; within it the arrow keys go from number to number. */

import { useState } from 'preact/hooks';
import { moveIn } from '../move';
import { point } from '../state/maps';
import { release, select } from '../state/moves';
import { trace } from '../state/store';
import { refAt, type Slice } from './slices';

export function useMapKeys(slice: Slice, rows: number, derivative: string) {
  const [here, setHere] = useState<readonly [number, number]>([0, 0]);
  const at = [Math.min(here[0], rows - 1), Math.min(here[1], slice.columns - 1)] as const;
  const ref = refAt(slice, at[0], at[1], derivative);
  const go = (place: readonly [number, number]) => {
    setHere(place);
    point(refAt(slice, place[0], place[1], derivative));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !trace.value) return;
    const next = moveIn(event.key, at, rows, slice.columns);
    if (next) go(next);
    else if (event.key === 'Enter' || event.key === ' ') select(ref);
    else if (event.key === 'Escape') release();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { here: at, ref, go, onKeyDown };
}
