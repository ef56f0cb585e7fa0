import type { ComponentChildren } from 'preact';

/** The cell that the keys are at, for screen readers: the one cell of a map's grid that is in the page. */
export function HereCell({
  id,
  at,
  children,
}: {
  id: string;
  at: readonly [number, number];
  children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: no table is there.
    <div role="row" tabIndex={-1} aria-rowindex={at[0] + 1} class="visually-hidden">
      {/* biome-ignore lint/a11y/useSemanticElements: no table is there. */}
      <div id={id} role="gridcell" tabIndex={-1} aria-rowindex={at[0] + 1} aria-colindex={at[1] + 1}>
        {children}
      </div>
    </div>
  );
}
