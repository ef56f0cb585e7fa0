import type { ComponentChildren } from 'preact';
import { useScrub } from '../build/scrubbing';
import { select } from '../state/moves';
import { edit } from '../state/network';
import { network } from '../state/store';
import { getAt } from '../tree';
import { handle, typeHere } from './handling';
import type { Box } from './room';
import './field.css';

interface Props {
  pointer: string;
  of: string;
  part: string;
  box: Box;
  children: ComponentChildren;
}

/** Around the number, for fingers. */
const REACH = { x: 5, y: 2 };

/** A number that is given: dragged it changes, and a press opens a field in its place. */
export function Given({ pointer, of, part, box, children }: Props) {
  const scrub = useScrub(() => ({
    value: (getAt(network.peek(), pointer) as number | undefined) ?? 0,
    onMove: (value) => {
      handle({ pointer, ref: of, part });
      void edit(pointer, value);
    },
    onPress: () => {
      select(of);
      typeHere(of, part);
    },
  }));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard it is typed from the part that it belongs to.
    <g class="given" {...scrub} onClick={(event) => event.stopPropagation()}>
      <rect
        class="grasp hands"
        x={box.x - REACH.x}
        y={box.y - REACH.y}
        width={box.width + 2 * REACH.x}
        height={box.height + 2 * REACH.y}
      />
      {children}
    </g>
  );
}
