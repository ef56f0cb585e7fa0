import { expect, test } from 'vitest';
import { measuring, ROUNDS } from '@/ui/useMeasured';

/** Measuring with the tasks in hand: what is to happen before the painting, and what in the next frame. */
function held() {
  const before: (() => void)[] = [];
  const next: (() => void)[] = [];
  const all = measuring(
    (run) => before.push(run),
    (run) => next.push(run),
  );
  const run = (tasks: (() => void)[]) => {
    for (const task of tasks.splice(0)) task();
  };
  return { ...all, paint: () => run(before), frame: () => run(next), waiting: () => before.length };
}

test('what several drawings may have moved is measured once, and before the painting', () => {
  const { watch, soon, paint } = held();
  const seen: string[] = [];
  watch(() => seen.push('one'));
  watch(() => seen.push('other'));
  soon();
  soon();
  expect(seen).toEqual([]);
  paint();
  expect(seen).toEqual(['one', 'other']);
  paint();
  expect(seen).toHaveLength(2);
});

test('a drawing that follows from a measurement is measured too, still before the painting', () => {
  const { watch, soon, paint, waiting } = held();
  const heights = [5, 7, 7];
  const seen: number[] = [];
  watch(() => {
    const height = heights.shift() ?? 7;
    if (height !== seen.at(-1)) soon();
    seen.push(height);
  });
  soon();
  while (waiting()) paint();
  expect(seen).toEqual([5, 7, 7]);
});

test('places that never settle do not hold the page up: they go on in the next frame', () => {
  const { watch, soon, paint, frame, waiting } = held();
  let count = 0;
  watch(() => {
    count += 1;
    soon();
  });
  soon();
  while (waiting()) paint();
  expect(count).toBe(ROUNDS);
  frame();
  while (waiting()) paint();
  expect(count).toBe(2 * ROUNDS);
});

test('in the next frame all is counted anew', () => {
  const { watch, soon, paint, frame } = held();
  let count = 0;
  watch(() => (count += 1));
  for (let round = 1; round <= 3 * ROUNDS; round += 1) {
    soon();
    paint();
    frame();
    expect(count).toBe(round);
  }
});

test('measuring at once leaves nothing to be measured', () => {
  const { watch, soon, now, paint, frame } = held();
  let count = 0;
  watch(() => (count += 1));
  soon();
  now();
  paint();
  frame();
  expect(count).toBe(1);
});

test('what is not watched any more is not measured', () => {
  const { watch, now } = held();
  let count = 0;
  const leave = watch(() => (count += 1));
  leave();
  now();
  expect(count).toBe(0);
});
