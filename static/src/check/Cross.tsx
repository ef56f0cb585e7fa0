const CROSS = 'M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5';

/** The mark of what failed, so that its colour need not say so alone. */
export function Cross({ x, y }: { x: number; y: number }) {
  return (
    <g class="cross" transform={`translate(${x} ${y})`}>
      <path class="around" d={CROSS} />
      <path d={CROSS} />
    </g>
  );
}
