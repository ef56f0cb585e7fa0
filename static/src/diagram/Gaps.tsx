import { RADIUS } from '../model/layout';
import { TYPE } from '../model/plan';
import { turnTo } from '../state/visibleGraph';
import { texts } from '../texts';
import { faces, placed } from './view';

/** Larger letters are moved down by this share of their size. */
const DROP = 0.35;

/** "…" where a column hides units: a press shows the next ones. */
export function Gaps() {
  const { far, least } = faces.value;
  return (
    <>
      {placed.value.gaps.map(({ column, gap, x, y }) => (
        // biome-ignore lint/a11y/useSemanticElements: SVG has no button element.
        <g
          key={`${column} ${gap.from}`}
          role="button"
          tabindex={0}
          class="part gap"
          transform={`translate(${x} ${y})`}
          aria-label={texts.diagram.gapTitle(gap.from + 1, gap.from + gap.hidden)}
          onClick={() => turnTo(column, gap)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            event.stopPropagation();
            turnTo(column, gap);
          }}
        >
          <title>{texts.diagram.gapTitle(gap.from + 1, gap.from + gap.hidden)}</title>
          <circle class="ring" r={RADIUS} />
          <circle class="spot" r={RADIUS} />
          {[-14, 0, 14].map((at) => (
            <circle key={at} class="dot" cy={at - 8} r={3} />
          ))}
          {/* At a small scale only the count is legible. */}
          <text y={RADIUS - 4 + (far ? DROP * least : 0)} style={{ fontSize: `${far ? least : TYPE}px` }}>
            {far ? gap.hidden.toLocaleString('en') : texts.diagram.gap(gap.hidden)}
          </text>
        </g>
      ))}
    </>
  );
}
