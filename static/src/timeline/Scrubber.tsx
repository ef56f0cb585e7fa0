import { useRef } from 'preact/hooks';
import { phaseGroups, stepsDone, stepsIn } from '../model/cursor';
import { step, toStep } from '../state/moves';
import { cursor, grain, hurried, phase, trace } from '../state/store';
import { texts } from '../texts';
import { memo } from '../ui/memo';

/** More cells than this would be hairs; then each phase is one bar. */
const MOST_CELLS = 90;

/** The whole training step as a row of cells, one for each step of the grain; a slider over the same row moves through it. */
export function Scrubber() {
  const stages = trace.value?.stages ?? [];
  const all = stepsIn(stages, grain.value);
  const done = stepsDone(stages, grain.value, cursor.value);
  const onKeyDown = (event: KeyboardEvent) => {
    // A slider's own arrow keys go up and down by value; here left and right are the step, as everywhere on the page.
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    step(by as 1 | -1);
  };
  const groups = phaseGroups(stages, grain.value);
  const here = groups.findLast(({ before }) => before < done) ?? groups[0];
  const row = useRef<HTMLDivElement>(null);
  // Phases have room for their names, and so one has more of the row than its share of the steps: where is asked of each.
  const go = (event: PointerEvent) => {
    const phases = [...(row.current?.children ?? [])].map((phase) => phase.getBoundingClientRect());
    const at = Math.max(
      0,
      phases.findLastIndex(({ left }) => left <= event.clientX),
    );
    const [place, group] = [phases[at], groups[at]];
    if (!place || !group) return;
    const share = Math.min(1, Math.max(0, (event.clientX - place.left) / place.width));
    toStep(group.before + Math.round(share * group.count));
  };
  return (
    <div
      class={hurried.value ? 'scrubber still' : 'scrubber'}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.querySelector('input')?.focus({ preventScroll: true });
        go(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) go(event);
      }}
    >
      <div class="cells" aria-hidden="true" ref={row}>
        {groups.map((group) => {
          const inside = Math.min(group.count, Math.max(0, done - group.before));
          return (
            <div key={group.phase} class={`phase ${group.phase}`} style={{ flexGrow: group.count }}>
              <div class="track">
                <Cells count={group.count} done={inside} single={all > MOST_CELLS} />
              </div>
              <span class="phase-name">{texts.phases[group.phase]}</span>
              {group === here && <div class="thumb" style={{ '--at': `${(100 * inside) / group.count}%` }} />}
            </div>
          );
        })}
      </div>
      <input
        type="range"
        min={0}
        max={all}
        step={1}
        value={done}
        title={texts.timeline.scrubber}
        aria-label={texts.timeline.scrubber}
        aria-valuetext={texts.timeline.position(done, all, texts.phases[phase.value])}
        onInput={(event) => toStep(event.currentTarget.valueAsNumber)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

/** The cells of one phase, of which so many are done: those of the other phases stay as they are. */
const Cells = memo(({ count, done, single }: { count: number; done: number; single: boolean }) => {
  if (single) return <span class="cell" style={{ '--share': done / count }} />;
  return (
    <>
      {Array.from({ length: count }, (_, place) => (
        <span key={place} class="cell" style={{ '--share': place < done ? 1 : 0 }} />
      ))}
    </>
  );
});
