import type { ComponentChildren } from 'preact';
import type { CurvePoint } from '../api/check';
import { setEpsilon } from '../state/check';
import { texts } from '../texts';
import { Axes } from './Axes';
import type { ArmLine, CurveLayout } from './curve-layout';
import { Dots } from './Dots';

const words = texts.check.curve;

interface Props {
  layout: CurveLayout;
  /** The ε of the table. */
  epsilon: number | null;
  pointed: CurvePoint | null;
  onPoint: (point: CurvePoint | null) => void;
}

/** The V on its axes, its arms named and the chosen ε marked. */
export function Plot({ layout, epsilon, pointed, onPoint }: Props) {
  const { width, height, left, right, top, bottom, x, path, truncation, rounding } = layout;
  const marked = epsilon !== null && x(epsilon) >= left && x(epsilon) <= right ? x(epsilon) : null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset.
    <svg role="group" aria-label={words.label} aria-description={words.hint} viewBox={`0 0 ${width} ${height}`}>
      <Axes layout={layout} />
      {marked !== null && (
        <g class="chosen">
          <path d={`M${marked} ${top}V${bottom}`} />
          <text class="letter" x={marked} y={top - 8} text-anchor="middle">
            𝜀
          </text>
        </g>
      )}
      {truncation && <Arm line={truncation} />}
      {rounding && <Arm line={rounding} />}
      <path class="through" d={path} />
      <Dots
        layout={layout}
        chosen={epsilon}
        pointed={pointed}
        onPoint={onPoint}
        onChoose={(point) => setEpsilon(point.epsilon)}
      />
      {/* Names lie over the points, which the line would strike through otherwise. */}
      {truncation && (
        <ArmName line={truncation}>
          {words.truncation} <tspan class="letter">∝ 𝜀</tspan>
          <tspan class="power" dy="-0.4em">
            2
          </tspan>
        </ArmName>
      )}
      {rounding && (
        <ArmName line={rounding}>
          {words.rounding} <tspan class="letter">∝ 1/𝜀</tspan>
        </ArmName>
      )}
    </svg>
  );
}

function Arm({ line: { from, to } }: { line: ArmLine }) {
  return (
    <g class="arm">
      <path d={`M${from.x} ${from.y}L${to.x} ${to.y}`} />
    </g>
  );
}

function ArmName({ line: { label }, children }: { line: ArmLine; children: ComponentChildren }) {
  return (
    <g class="arm-name">
      <text x={label.x} y={label.y} text-anchor="end">
        {children}
      </text>
    </g>
  );
}
