import { useRef, useState } from 'preact/hooks';
import type { CurvePoint } from '../api/check';
import { plain } from '../numbers/format';
import { texts } from '../texts';
import type { Dot } from './curve-layout';
import { writeEpsilon } from './epsilon';

const REACH = 11;

interface Props {
  of: readonly Dot[];
  chosen: number | null;
  pointed: CurvePoint | null;
  onPoint: (point: CurvePoint | null) => void;
  onChoose: (point: CurvePoint) => void;
}

/** The points to point at. One tab stop for all; left and right go from one to the next. */
export function Dots({ of: dots, chosen, pointed, onPoint, onChoose }: Props) {
  const group = useRef<SVGGElement>(null);
  const [stop, setStop] = useState<number | null>(null);
  const here = dots.find(({ point }) => point.epsilon === (stop ?? chosen)) ?? dots.at(-1);
  const onKeyDown = (event: KeyboardEvent, place: number, point: CurvePoint) => {
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: dots.length - 1 }[event.key];
    if (next !== undefined) (group.current?.children[next] as SVGElement | undefined)?.focus();
    else if (event.key === 'Enter' || event.key === ' ') onChoose(point);
    else return;
    event.preventDefault();
  };
  return (
    <g ref={group} class="dots">
      {dots.map((dot, place) => {
        const { point, x, y, exact } = dot;
        const isChosen = point.epsilon === chosen;
        const states = [isChosen && 'chosen', exact && 'exact', point === pointed && 'pointed'];
        return (
          // biome-ignore lint/a11y/useSemanticElements: SVG has no button of its own.
          <g
            key={point.epsilon}
            role="button"
            tabIndex={dot === here ? 0 : -1}
            class={`dot ${states.filter(Boolean).join(' ')}`}
            transform={`translate(${x} ${y})`}
            aria-label={texts.check.curve.point(writeEpsilon(point.epsilon), plain(point.relative_error))}
            aria-pressed={isChosen}
            data-epsilon={point.epsilon}
            data-value={point.relative_error}
            onClick={() => onChoose(point)}
            onKeyDown={(event) => onKeyDown(event, place, point)}
            onPointerEnter={() => onPoint(point)}
            onPointerLeave={() => onPoint(null)}
            onFocus={() => {
              setStop(point.epsilon);
              onPoint(point);
            }}
            onBlur={() => onPoint(null)}
          >
            <circle class="reach" r={REACH} />
            <circle class="body" r={3.5} />
          </g>
        );
      })}
    </g>
  );
}
