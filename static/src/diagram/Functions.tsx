import { type Curve, drawnCurve, PLATE, placesOf, type Stuck, type UnitFunction } from '../model/functions';
import { RADIUS } from '../model/layout';
import { exact, plain, widthOf } from '../numbers/format';
import { texts } from '../texts';
import { memo } from '../ui/memo';

interface Props {
  functions: readonly UnitFunction[];
  /** z, once it is known. */
  z: number | null;
  /** The unit's output, once it is known. */
  value: number | null;
  /** The random factor of each function, if it has one and it is known. */
  factors: readonly (Factor | null)[];
  stuck: Stuck | null;
  /** The least legible type size; `null` if no text fits. */
  size: number | null;
}

export interface Factor {
  ref: string;
  value: number;
}

/** The functions of a unit, at its rim: the curve of each with z marked on it, or the function's name. */
export const Functions = memo(({ functions, z, value, factors, stuck, size }: Props) => {
  const names = functions.map(({ layer, curve }, place) => {
    const factor = factors[place];
    return curve || size === null ? null : factor ? `× ${plain(factor.value)}` : texts.diagram.plate(layer.type);
  });
  const widths = names.map((name) => (name && size ? widthOf(name) * size + 2 * INSET : PLATE.width));
  const places = placesOf(widths);
  return (
    <g class={`functions${stuck ? ` ${stuck}` : ''}`} transform={`translate(0 ${1 - RADIUS})`}>
      {functions.map(({ layer, curve }, place) => {
        const [name, width] = [names[place], widths[place] ?? 0];
        if (!curve && !name) return null;
        const isShare = layer.squashes === 'softmax' && place === functions.length - 1;
        const height = Math.max(PLATE.height, name ? 1.3 * (size ?? 0) : 0);
        return (
          <g
            key={layer.name}
            class={factors[place]?.value === 0 ? 'function dropped' : 'function'}
            transform={`translate(${places[place]} 0)`}
            data-function={layer.type}
          >
            <title>{titleOf(layer, curve, stuck)}</title>
            <rect class="plate-of" x={-width / 2} y={-PLATE.height / 2} width={width} height={height} rx={4} />
            {/* Only the first function's argument is the unit's z. */}
            {curve && <CurveOf curve={curve} z={place === 0 ? z : null} />}
            {isShare && value !== null && (
              <rect
                class="share"
                x={-width / 2 + 3}
                y={height - PLATE.height / 2 - 5}
                width={Math.max(0, (width - 6) * value)}
                height={4}
                data-value={exact(value)}
              />
            )}
            {name && (
              <text
                y={height / 2 - PLATE.height / 2 + 0.33 * (size ?? 0) - (isShare ? 2 : 0)}
                style={{ fontSize: `${size}px` }}
                data-ref={factors[place]?.ref}
              >
                {name}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
});

const INSET = 5;

function titleOf(layer: UnitFunction['layer'], curve: Curve | null, stuck: Stuck | null): string {
  if (!curve) return texts.names.of(texts.layerTitle(layer.type), layer.name);
  return texts.diagram.functionTitle(layer.type, layer.name, stuck && texts.diagram.stuck[stuck]);
}

function CurveOf({ curve, z }: { curve: Curve; z: number | null }) {
  const { curve: path, axes, at } = drawnCurve(curve);
  const point = z !== null && Number.isFinite(z) ? at(z) : null;
  return (
    <>
      <path class="axes" d={axes} />
      <path class="curve" d={path} />
      {point && <circle class="here" cx={point.x} cy={point.y} r={3} />}
    </>
  );
}
