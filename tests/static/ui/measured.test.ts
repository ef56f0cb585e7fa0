import { expect, test } from 'vitest';
import { measuring, ROUNDS } from '@/ui/useMeasured';

/** Measuring with the tasks under control: those before painting, and those in the next frame. */
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

test('several renderings are measured once, and before painting', () => {
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

test('a rendering caused by a measurement is measured too, still before painting', () => {
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

test('positions that never settle do not block the page: they continue in the next frame', () => {
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

test('in the next frame the count starts again', () => {
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

test('after an immediate measurement nothing is left to measure', () => {
  const { watch, soon, now, paint, frame } = held();
  let count = 0;
  watch(() => (count += 1));
  soon();
  now();
  paint();
  frame();
  expect(count).toBe(1);
});

test('an element that is no longer watched is not measured', () => {
  const { watch, now } = held();
  let count = 0;
  const leave = watch(() => (count += 1));
  leave();
  now();
  expect(count).toBe(0);
});
