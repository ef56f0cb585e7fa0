import { useRef, useState } from 'preact/hooks';
import type { CurvePoint } from '../api/check';
import { plain } from '../numbers/format';
import { texts } from '../texts';
import type { CurveLayout, Dot } from './curve-layout';
import { writeEpsilon } from './epsilon';

interface Props {
  layout: CurveLayout;
  chosen: number | null;
  pointed: CurvePoint | null;
  onPoint: (point: CurvePoint | null) => void;
  onChoose: (point: CurvePoint) => void;
}

/**
 * The points to point at. Those of whole powers of ten are buttons: one tab stop for all, left and right go from one to the
 * next. The others, between them, only tell their numbers.
 */
export function Dots({ layout, chosen, pointed, onPoint, onChoose }: Props) {
  const group = useRef<SVGGElement>(null);
  const [stop, setStop] = useState<number | null>(null);
  const whole = layout.dots.filter((dot) => dot.whole);
  const here = whole.find(({ point }) => point.epsilon === (stop ?? chosen)) ?? whole.at(-1);
  const choose = (dot: Dot) => {
    const { point } = dot;
    return {
      role: 'button' as const,
      tabindex: dot === here ? 0 : -1,
      'aria-label': texts.check.curve.point(writeEpsilon(point.epsilon), plain(point.relative_error)),
      'aria-pressed': point.epsilon === chosen,
      onClick: () => onChoose(point),
      onKeyDown: (event: KeyboardEvent) => {
        const place = whole.indexOf(dot);
        const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: whole.length - 1 }[event.key];
        if (next !== undefined) group.current?.querySelectorAll<SVGElement>('[role=button]')[next]?.focus();
        else if (event.key === 'Enter' || event.key === ' ') onChoose(point);
        else return;
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
    <g ref={group} class="dots">
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
