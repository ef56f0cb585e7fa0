/** A matrix is one stop of the Tab key; within it the arrow keys go from number to number. */

import { useState } from 'preact/hooks';
import { moveIn } from '../move';
import { light, release, select } from '../state/moves';
import { type Matrix, type Place, refsAt } from './matrix';

export function useCellKeys(matrix: Matrix, moved: (to: Place) => void) {
  const [wanted, setHere] = useState<Place>([0, 0]);
  // Another network may have fewer rows.
  const here: Place = [Math.min(wanted[0], matrix.rows - 1), Math.min(wanted[1], matrix.columns - 1)];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moveIn(event.key, here, matrix.rows, matrix.columns);
    if (next) {
      setHere(next);
      light(refsAt(matrix, next));
      moved(next);
    } else if (event.key === 'Enter') for (const ref of refsAt(matrix, here)) select(ref);
    else if (event.key === 'Escape') release();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { here, setHere, onKeyDown };
}
