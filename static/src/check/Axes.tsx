import { texts } from '../texts';
import type { CurveLayout } from './curve-layout';

const words = texts.check.curve;

/** Both axes with powers of ten and what they measure. */
export function Axes({ layout: { left, right, top, bottom, height, xTicks, yTicks } }: { layout: CurveLayout }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus; the points tell their numbers.
    <g class="axes" aria-hidden="true">
      <path d={`M${left} ${top}V${bottom}H${right}`} />
      {xTicks.map(({ power, at }) => (
        <g key={power}>
          <path d={`M${at} ${bottom}v4`} />
          <PowerLabel of={power} x={at} y={bottom + 17} anchor="middle" />
        </g>
      ))}
      {yTicks.map(({ power, at }) => (
        <g key={power}>
          <path d={`M${left} ${at}h-4`} />
          <PowerLabel of={power} x={left - 8} y={at + 4} anchor="end" />
        </g>
      ))}
      <text x={right} y={height - 4} text-anchor="end">
        {words.x} <tspan class="letter">𝜀</tspan>
      </text>
      {/* Above the plot, where no point of it can be. */}
      <text x={4} y={12}>
        {words.y}
      </text>
    </g>
  );
}

function PowerLabel({ of, x, y, anchor }: { of: number; x: number; y: number; anchor: 'middle' | 'end' }) {
  return (
    <text x={x} y={y} text-anchor={anchor}>
      {of === 0 ? '1' : '10'}
      {of !== 0 && (
        <tspan class="power" dy="-0.4em">
          {String(of).replace('-', '−')}
        </tspan>
      )}
    </text>
  );
}
