import { memo } from '../memo';
import { exact, shown } from '../numbers/format';
import { symbolGlyphs } from './symbol-glyphs';

export const SvgSymbol = memo(Glyphs);

function Glyphs({ of, size, x = 0, y = 0 }: { of: string; size: number; x?: number; y?: number }) {
  return (
    <g class="symbol" transform={`translate(${x} ${y})`}>
      {symbolGlyphs(of, size).map((glyphs) => (
        <text key={glyphs.text} x={glyphs.x} y={glyphs.y} style={{ fontSize: `${glyphs.size}px` }}>
          {glyphs.text}
        </text>
      ))}
    </g>
  );
}

interface NumberProps {
  value: number;
  /** The ref of the number, so that what is shown can be compared with the service's; products have none. */
  of: string | null;
  class?: string;
  x?: number;
  y?: number;
  before?: string;
  /** The width in pixels that it has to fit into; long numbers are set a little smaller. */
  within?: number;
  /** Still being added up: then it is not yet the number that its ref names. */
  partial?: boolean;
}

const SIZE = 13.5;
// A figure's share of the type size; points and signs are narrower or as wide.
const FIGURE = 0.5;

export function SvgNumber({ value, of, before, within, partial = false, ...rest }: NumberProps) {
  const { digits, exponent } = shown(value);
  const figures = digits.length + (exponent === null ? 0 : 4) + (partial ? 2 : 0);
  const size = within === undefined ? undefined : Math.min(SIZE, within / (figures * FIGURE));
  return (
    <text
      {...rest}
      style={size ? { fontSize: `${size}px` } : undefined}
      class={`number ${rest.class ?? ''}${partial ? ' partial' : ''}`}
      data-ref={partial ? undefined : (of ?? undefined)}
      data-partial={partial ? (of ?? undefined) : undefined}
      data-value={exact(value)}
    >
      <title>{exact(value)}</title>
      {before && <tspan class="mark">{before} </tspan>}
      {partial && <tspan class="mark sum">Σ </tspan>}
      {digits}
      {exponent !== null && (
        <>
          {'\u202f×\u202f10'}
          <tspan class="power" dy="-0.45em">
            {String(exponent).replace('-', '−')}
          </tspan>
        </>
      )}
    </text>
  );
}
