import { memo } from '../memo';
import { texts } from '../texts';
import { drawnCurve, PLATE, placesOf, type Stuck, type UnitFunction } from './functions';
import { RADIUS } from './layout';

interface Props {
  functions: readonly UnitFunction[];
  /** z, once it is known. */
  z: number | null;
  stuck: Stuck | null;
}

/** What a unit does with its sum: the curve of its function at the rim, and on it the place where z is. */
export const Functions = memo(({ functions, z, stuck }: Props) => {
  const places = placesOf(functions.length);
  return (
    <g class={`functions${stuck ? ` ${stuck}` : ''}`} transform={`translate(0 ${1 - RADIUS})`}>
      {functions.map(({ layer, curve }, place) => {
        const { curve: path, axes, at } = drawnCurve(curve);
        // Of several, only the first one's z is that of the unit.
        const point = z !== null && place === 0 && Number.isFinite(z) ? at(z) : null;
        return (
          <g key={layer.name} class="function" transform={`translate(${places[place]} 0)`} data-function={layer.type}>
            <title>{texts.diagram.functionTitle(layer.type, layer.name, stuck && texts.diagram.stuck[stuck])}</title>
            <rect x={-PLATE.width / 2} y={-PLATE.height / 2} width={PLATE.width} height={PLATE.height} rx={4} />
            <path class="axes" d={axes} />
            <path class="curve" d={path} />
            {point && <circle class="here" cx={point.x} cy={point.y} r={3} />}
          </g>
        );
      })}
    </g>
  );
});
