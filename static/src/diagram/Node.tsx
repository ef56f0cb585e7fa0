import { spoken } from '../maths/symbol';
import { type Curve, drawnCurve, PLATE, placesOf, type Stuck, type UnitFunction } from '../model/functions';
import { type PlacedNode, RADIUS } from '../model/layout';
import { CHORD, type Faces } from '../model/plan';
import { gradientOf } from '../model/refs';
import { exact, plain, widthOf } from '../numbers/format';
import { valueInWords } from '../state/known';
import { nodeMode } from '../state/store';
import { texts } from '../texts';
import { memo } from '../ui/memo';
import { SvgSymbol } from '../ui/SvgSymbol';
import { facesOf, type NodeNumbers } from './numbers';
import { Part } from './Part';
import { hasRoom, SvgNumber } from './SvgText';
import { faces as facesNow } from './view';
import './functions.css';

interface Props extends NodeNumbers {
  placed: PlacedNode;
  current: boolean;
  first: boolean;
  functions: readonly UnitFunction[];
  stuck: Stuck | null;
  /** The random factor of each function, if it is known. */
  factors: readonly (Factor | null)[];
}

/** The least type size of a function's name, in pixels of the picture. */
const LETTERS = 12;

/** A unit: its symbol and value in the circle, z above it, its gradient below. */
export const Node = memo(Unit);

function Unit({ placed: { node, x, y }, current, first, functions, stuck, factors, ...numbers }: Props) {
  const { growing, share } = numbers;
  const faces = facesNow.value;
  const { ref, role } = node;
  return (
    <Part
      id={node.id}
      selects={ref}
      given={ref}
      label={nameOf(node, numbers, functions, stuck)}
      class={`node ${role}${current ? ' current' : ''}${stuck ? ` ${stuck}` : ''}${functions.length ? ' functional' : ''}`}
      first={first}
      x={x}
      y={y}
      pick={<circle class="pick" r={RADIUS + 9} />}
    >
      <circle class="ring" r={RADIUS + 5} />
      <circle class="body" r={RADIUS} />
      {role === 'output' && <circle class="inner" r={RADIUS - 4} />}
      {growing && <Progress share={share} />}
      {functions.length > 0 && (
        <Functions
          functions={functions}
          z={numbers.growing === 'pre' ? null : numbers.pre}
          value={numbers.growing === 'value' ? null : numbers.value}
          factors={factors}
          stuck={stuck}
          size={faces.far ? null : Math.max(LETTERS, faces.least)}
        />
      )}
      {stuck && !faces.far && (
        <text class="stuck-word" x={RADIUS - 6} y={-RADIUS + 4} style={{ fontSize: `${faces.size}px` }}>
          {texts.diagram.stuckWords[stuck]}
        </text>
      )}
      <Numbers node={node} faces={faces} {...numbers} />
    </Part>
  );
}

const MARKS = { value: undefined, gradient: texts.diagram.gradientMark, pre: '𝑧', preGradient: '∇' };

/** Its symbol and the numbers that fit: the value in the circle, z above it, gradients around it. */
export function Numbers({ node, faces, ...numbers }: NodeNumbers & { node: PlacedNode['node']; faces: Faces }) {
  const markOf = (kind: keyof typeof MARKS) => (kind === 'value' ? undefined : MARKS[kind]);
  // A number that is too wide would overlap its neighbour, and a part of it would be read as a number.
  const shown = facesOf(node, numbers, nodeMode.value, faces).filter(
    ({ kind, inside, partial, value, of }) =>
      inside || partial || hasRoom(of, value, { size: faces.size, within: faces.width, before: markOf(kind) }),
  );
  return (
    <>
      <g class={shown.some(({ inside }) => inside) ? 'caption valued' : 'caption'}>
        <SvgSymbol of={node.label} size={faces.inside || faces.far ? 21 : 27} />
      </g>
      {shown.map(({ kind, inside, ...face }) =>
        inside ? (
          <SvgNumber
            key={kind}
            class="value"
            part={node.id}
            {...face}
            {...sizesIn(faces)}
            within={CHORD - (node.role === 'output' ? 4 : 0)}
          />
        ) : (
          <SvgNumber
            key={kind}
            class="beside"
            plate
            part={node.id}
            {...face}
            size={faces.size}
            within={faces.width}
            before={markOf(kind)}
          />
        ),
      )}
    </>
  );
}

/** The type sizes of a number within a circle. */
export const sizesIn = ({ least, size }: Faces) => ({ size: Math.max(13.5, size), least, within: CHORD });

/** The completed share of a sum, around the circle. */
export function Progress({ share }: { share: number }) {
  return (
    <circle class="progress" r={RADIUS + 5} pathLength={1} stroke-dasharray={`${share} 1`} transform="rotate(-90)" />
  );
}

function nameOf(
  { role, label, ref }: PlacedNode['node'],
  { value, gradient, growing }: NodeNumbers,
  functions: readonly UnitFunction[],
  stuck: Stuck | null,
): string {
  const sofar = (text: string, mine: boolean) => (mine ? texts.names.sofar(text) : text);
  return [
    `${texts.roles[role]} ${spoken(label)}`,
    value === null
      ? texts.diagram.notReached
      : sofar(texts.names.value(valueInWords(value, growing === 'value' ? null : ref)), growing === 'value'),
    ...(gradient === null
      ? []
      : [
          sofar(
            texts.names.gradient(valueInWords(gradient, growing === 'gradient' ? null : gradientOf(ref))),
            growing === 'gradient',
          ),
        ]),
    ...functions.map(({ layer }) => layer.type),
    ...(stuck ? [texts.diagram.stuckWords[stuck]] : []),
  ].join(', ');
}

interface FunctionsProps {
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
export const Functions = memo(({ functions, z, value, factors, stuck, size }: FunctionsProps) => {
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
