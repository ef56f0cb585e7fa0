import { NumberText } from '../numbers/NumberText';
import { trace } from '../state/store';
import { texts } from '../texts';
import { quantity, scale } from './view';

/** What the lines' colour, width and dashes mean at this moment, from the most negative to the most positive. */
export function Legend() {
  if (!trace.value?.edges) return null;
  const most = scale.value;
  return (
    <div class="legend">
      <span class="legend-caption">
        {texts.diagram.legend.caption} {texts.diagram.legend[quantity.value]}
      </span>
      <span class="legend-scale">
        <NumberText value={-most} />
        <svg viewBox="0 0 120 8" aria-hidden="true">
          {STEPS.map((strength, place) => (
            <path
              key={strength}
              class={strength < 0 ? 'ink negative' : 'ink'}
              style={{ '--strength': Math.abs(strength) }}
              d={`M${place * 17 + 1} 4h15`}
              stroke-width={1.25 + 3.75 * Math.abs(strength)}
            />
          ))}
        </svg>
        <NumberText value={most} />
      </span>
    </div>
  );
}

const STEPS = [-1, -0.66, -0.33, 0, 0.33, 0.66, 1];
