import { texts } from '../texts';
import { Cross } from './Cross';
import { Power } from './Power';
import { NAMED, shadeOf } from './shade';

const words = texts.check.map;

const STEPS = 32;
const WIDTH = 200;

/** What the shades mean, the dashes and the cross. */
export function MapLegend() {
  return (
    <div class="map-legend">
      <span class="map-scale" style={{ width: `${WIDTH}px` }}>
        <svg viewBox={`0 0 ${WIDTH} 14`} width={WIDTH} height="14" aria-hidden="true">
          {Array.from({ length: STEPS }, (_, place) => (
            <path
              key={place}
              class="shade"
              style={{ '--shade': place / (STEPS - 1) }}
              d={`M${(place * WIDTH) / STEPS} 7h${WIDTH / STEPS + 0.4}`}
              stroke-width={1.25 + 3.75 * (place / (STEPS - 1))}
            />
          ))}
        </svg>
        {NAMED.map((power) => (
          <span key={power} class="named" style={{ left: `${shadeOf(10 ** power) * 100}%` }}>
            <Power of={power} />
          </span>
        ))}
      </span>
      <span class="shade-keys">
        <span class="shade-key">
          <svg viewBox="0 0 24 14" width="24" height="14" aria-hidden="true">
            <path class="shade open" d="M0 7h24" stroke-width="2" />
          </svg>
          {words.open}
        </span>
        <span class="shade-key">
          <svg viewBox="0 0 24 14" width="24" height="14" aria-hidden="true">
            <path class="shade failed" style={{ '--shade': 0.9 }} d="M0 7h24" stroke-width="4" />
            <Cross x={12} y={7} />
          </svg>
          {words.failed}
        </span>
      </span>
    </div>
  );
}
