import { expect, test } from 'vitest';
import { singleFlight } from '@/state/singleFlight';

/** A service that answers only when the test lets it; each request is for the newest state. */
function service() {
  const asked: number[] = [];
  const shown: number[] = [];
  const answers: (() => void)[] = [];
  const state = { newest: 0 };
  const ask = singleFlight(async (signal) => {
    const question = state.newest;
    asked.push(question);
    await new Promise<void>((resolve) => answers.push(resolve));
    if (!signal.aborted) shown.push(question);
  });
  const move = (to: number) => {
    state.newest = to;
    return ask();
  };
  return { asked, shown, answers, ask, move };
}

test('during a request only the newest one waits', async () => {
  const { asked, shown, answers, move } = service();
  const first = move(1);
  const others = [2, 3, 4, 5].map(move);
  expect(asked).toEqual([1]);
  answers.shift()?.();
  await first;
  await Promise.resolve();
  await expect.poll(() => asked).toEqual([1, 5]);
  answers.shift()?.();
  await Promise.all(others);
  expect(shown).toEqual([1, 5]);
});

test('during a continuous drag every answer is shown', async () => {
  const { shown, answers, move } = service();
  void move(0);
  for (let turn = 1; turn <= 5; turn++) {
    void move(turn * 10);
    void move(turn * 10 + 1);
    answers.shift()?.();
    await expect.poll(() => answers.length).toBe(1);
  }
  expect(shown).toEqual([0, 11, 21, 31, 41]);
});

test('an abandoned request is not awaited, and its answer is not shown', async () => {
  const { asked, shown, answers, ask, move } = service();
  const old = move(1);
  ask.abandon();
  const next = move(2);
  expect(asked).toEqual([1, 2]);
  for (const answer of answers) answer();
  await Promise.all([old, next]);
  expect(shown).toEqual([2]);
});

test('a failed request does not block the next', async () => {
  let fails = true;
  const ask = singleFlight(async () => {
    if (fails) throw new Error('gone');
  });
  const first = ask();
  const second = ask();
  fails = false;
  await expect(first).rejects.toThrow('gone');
  await expect(second).resolves.toBeUndefined();
});
