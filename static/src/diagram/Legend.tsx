import { NumberText } from '../numbers/NumberText';
import { cursor, trace } from '../state/store';
import { texts } from '../texts';
import { largest, quantityAt } from './ink';

/** What the lines' colour, width and dashes mean at this moment, from the most negative to the most positive. */
export function Legend() {
  const { edges, stages } = trace.value ?? {};
  if (!edges || !stages) return null;
  const quantity = quantityAt(stages, cursor.value);
  const most = largest(edges, quantity);
  return (
    <div class="legend">
      <span class="legend-caption">
        {texts.diagram.legend.caption} {texts.diagram.legend[quantity]}
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
