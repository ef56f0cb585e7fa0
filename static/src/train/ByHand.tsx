/** The points of the data over the surface of a training, changed by hand: the next training learns from them. */

import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { newestRows, useRows } from '../state/rows';
import { table } from '../texts/table';
import { train } from '../texts/train';
import { LinkButton } from '../ui/buttons';
import { HandPlane } from '../ui/HandPlane';
import type { Bounds } from '../ui/Plane';

export const byHand = signal(false);

export function ByHandButton() {
  return (
    <LinkButton
      title={table.hand.buttonTitle}
      aria-pressed={byHand.value}
      onClick={() => {
        byHand.value = !byHand.value;
      }}
    >
      {table.hand.button}
    </LinkButton>
  );
}

interface Props {
  batch: readonly number[];
  /** The corners of the surface. */
  within: Bounds;
  /** The training step that the surface is of. */
  step: number;
  children: ComponentChildren;
}

/** The points of the network that is shown, which may have been changed since the training. */
export function PointsByHand({ batch, within, step, children }: Props) {
  const asked = useRows();
  const rows = asked && newestRows(asked);
  if (!rows) return null;
  if (rows.every > 1) return <p class="aside">{table.hand.many(rows.x.length)}</p>;
  return (
    <div class="surface-by-hand">
      <HandPlane rows={rows} batch={new Set(batch)} within={within}>
        {children}
      </HandPlane>
      <p class="hint">{train.surface.byHand(step)}</p>
    </div>
  );
}
