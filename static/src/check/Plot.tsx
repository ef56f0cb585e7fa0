import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { CurvePoint } from '../api/questions';
import { plain } from '../numbers/format';
import { check } from '../texts/check';
import { Axes } from '../ui/plot';
import { goAlong } from '../ui/roving';
import type { ArmLine, CurveLayout, Dot } from './curve-layout';
import { writeEpsilon } from './EpsilonField';
import { setEpsilon } from './state';

const words = check.curve;

interface Props {
  layout: CurveLayout;
  /** The ε of the table. */
  epsilon: number | null;
  pointed: CurvePoint | null;
  onPoint: (point: CurvePoint | null) => void;
}

/** The V on its axes, with labelled arms and the chosen ε marked. */
export function Plot({ layout, epsilon, pointed, onPoint }: Props) {
  const { width, height, left, right, top, bottom, x, path, truncation, rounding } = layout;
  const marked = epsilon !== null && x(epsilon) >= left && x(epsilon) <= right ? x(epsilon) : null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset.
    <svg role="group" aria-label={words.label} aria-description={words.hint} viewBox={`0 0 ${width} ${height}`}>
      <Axes of={layout} x={powerOfTen} y={powerOfTen}>
        <text x={right} y={height - 4} text-anchor="end">
          {words.x} <tspan class="letter">𝜀</tspan>
        </text>
        {/* Above the plot, where it covers no point. */}
        <text x={4} y={12}>
          {words.y}
        </text>
      </Axes>
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
      {/* Labels are drawn over the line, which would otherwise cross them out. */}
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

function powerOfTen(power: number) {
  if (power === 0) return '1';
  return (
    <>
      10
      <tspan class="power" dy="-0.4em">
        {String(power).replace('-', '−')}
      </tspan>
    </>
  );
}

interface DotsProps {
  layout: CurveLayout;
  chosen: number | null;
  pointed: CurvePoint | null;
  onPoint: (point: CurvePoint | null) => void;
  onChoose: (point: CurvePoint) => void;
}

/**
 * The points that react to the pointer. Those at whole powers of ten are buttons: one tab stop for all, with left and
 * right moving between them. The others only show their numbers.
 */
function Dots({ layout, chosen, pointed, onPoint, onChoose }: DotsProps) {
  const [stop, setStop] = useState<number | null>(null);
  const whole = layout.dots.filter((dot) => dot.whole);
  const here = whole.find(({ point }) => point.epsilon === (stop ?? chosen)) ?? whole.at(-1);
  const choose = (dot: Dot) => {
    const { point } = dot;
    return {
      role: 'button' as const,
      tabindex: dot === here ? 0 : -1,
      'aria-label': check.curve.point(writeEpsilon(point.epsilon), plain(point.relative_error)),
      'aria-pressed': point.epsilon === chosen,
      onClick: () => onChoose(point),
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        onChoose(point);
        event.preventDefault();
      },
      onFocus: () => {
        setStop(point.epsilon);
        onPoint(point);
      },
      onBlur: () => onPoint(null),
    };
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the dots within are buttons.
    <g
      class="dots"
      onKeyDown={(event) => goAlong(event, [...event.currentTarget.querySelectorAll<SVGElement>('[role=button]')])}
    >
      {layout.dots.map((dot) => (
        <g
          key={dot.point.epsilon}
          class={classesOf(dot, dot.point.epsilon === chosen, dot.point === pointed)}
          transform={`translate(${dot.x} ${dot.y})`}
          data-epsilon={dot.point.epsilon}
          data-value={dot.point.relative_error}
          onPointerEnter={() => onPoint(dot.point)}
          onPointerLeave={() => onPoint(null)}
          {...(dot.whole ? choose(dot) : {})}
        >
          <rect
            class="reach"
            x={-layout.spacing / 2}
            y={layout.top - dot.y}
            width={layout.spacing}
            height={layout.bottom - layout.top}
          />
          <circle class="ring" r={9} />
          <circle class="body" r={dot.whole ? 3.5 : 1.75} />
        </g>
      ))}
    </g>
  );
}

function classesOf({ whole, exact }: Dot, chosen: boolean, pointed: boolean): string {
  const states = ['dot', !whole && 'between', exact && 'exact', chosen && 'chosen', pointed && 'pointed'];
  return states.filter(Boolean).join(' ');
}
