import { expect, test } from 'vitest';
import { answering, readAnswers } from '@/api/stored';

const explanation = (ref: string, notation: string, terms: number, notations = ['scalar', notation]) => ({
  [`explanation ${ref} ${notation} ${terms}`]: { ref, notation, terms, notations },
});
const ANSWERS = new Map<string, unknown>(
  Object.entries({
    'trace 1': { sample: 1 },
    'steps node 0': { by: 'node', from: 0, steps: [{ number: 0 }, { number: 1 }, { number: 2 }] },
    'check 0.01': { epsilon: 0.01, rows: [{ ref: 'w[0]' }, { ref: 'w[1]' }] },
    'curve w[1]': { ref: 'w[1]' },
    ...explanation('h[0]', 'scalar', 12, ['scalar', 'chain', 'paths']),
    ...explanation('h[0]', 'scalar', 48, ['scalar', 'chain', 'paths']),
    ...explanation('h[0]', 'chain', 12),
  }),
);
const ask = async (path: string, body?: object) => {
  const transport = answering(ANSWERS);
  const answer = await transport(path, body ? { method: 'POST', body: JSON.stringify(body) } : {});
  return { status: answer.status, answer: await answer.json() };
};

test('a question has the answer that the page was saved with', async () => {
  expect((await ask('/api/trace?sample=1&encoding=base64&products=1', {})).answer).toEqual({ sample: 1 });
  expect((await ask('/api/gradient-check/curve', { ref: 'w[1]' })).answer).toEqual({ ref: 'w[1]' });
});

test('a question that it was not saved with is refused', async () => {
  for (const [path, body] of [
    ['/api/trace?sample=2', {}],
    ['/api/gradient-check', { epsilon: 0.5 }],
    ['/api/advance', { steps: 1 }],
    ['/api/networks/a'],
  ] as const) {
    const { status, answer } = await ask(path, body);
    expect([status, answer.key]).toEqual([404, 'not_saved']);
  }
});

test('a window of the steps, and the rows of some refs, are parts of the answer about all', async () => {
  const steps = await ask('/api/steps', { by: 'node', from: 1, limit: 5, sample: 0 });
  expect(steps.answer).toEqual({ by: 'node', from: 1, steps: [{ number: 1 }, { number: 2 }] });
  const check = await ask('/api/gradient-check', { epsilon: 0.01, refs: ['w[1]'] });
  expect(check.answer).toEqual({ epsilon: 0.01, rows: [{ ref: 'w[1]' }] });
});

test('an explanation is the one with the most terms that were asked for, of the notations that the page has', async () => {
  const wishes = [
    { ref: 'h[0]', notation: 'scalar', terms: 12 },
    { ref: 'h[0]', notation: 'scalar', terms: 192 },
    { ref: 'h[0]', notation: 'chain', terms: 48 },
    { ref: 'h[0]', notation: 'matrix', terms: 12 },
    { ref: 'none', notation: 'scalar', terms: 12 },
  ];
  const { answers } = (await ask('/api/explanations', { wishes })).answer;
  const found = answers.map(
    ({ explanation: one }: { explanation: { notation: string; terms: number } | null }) =>
      one && [one.notation, one.terms],
  );
  expect(found).toEqual([['scalar', 12], ['scalar', 48], ['chain', 12], ['scalar', 12], null]);
  expect(answers[0].explanation.notations).toEqual(['scalar', 'chain']);
  expect(answers[4].problem.key).toBe('not_saved');
});

test('a part that was written before is a reference: longer texts and numbers, lists and objects, parts first', () => {
  const lines = [
    // 0: the number, 1: the text, 2: the list, 3: the object
    `[["one",{"list":[0.12345,"a longer text"],"short":"text","small":0.5}]]`,
    String.raw`[["two",["\u00013","\u00012","\u00010","\u00011",-0.0,[],{}]],["three","\u00014"]]`,
  ];
  const answers = readAnswers(lines.join('\n'));
  const one = { list: [0.12345, 'a longer text'], short: 'text', small: 0.5 };
  const two = [one, one.list, 0.12345, 'a longer text', -0, [], {}];
  expect(Object.fromEntries(answers)).toEqual({ one, two, three: two });
});
