import { expect, test } from 'vitest';
import type { Expression } from '@/api/types';
import { gatheredIn, runningTotal } from '@/inspector/sums';
import { inWords } from '@/say';
import { stepAt } from '@/timeline/cursor';
import { growingAt } from '@/timeline/growing';
import { sentenceAt } from '@/timeline/sentence';
import { ends } from '../ends';
import { explanation, recorded, type SLUGS } from '../recorded';

/** The sentence of a step of one term, with the sum of the service's terms so far. */
function told(slug: (typeof SLUGS)[number], step: number): string {
  const { trace } = recorded(slug);
  const cursor = ends(trace.stages, 'term')[step - 1] as number;
  const grown = growingAt(trace, stepAt(trace.stages, 'term', cursor), 0);
  const whole = grown && explanation(slug, grown.ref).expression;
  const gathered = grown && whole && gatheredIn(whole, grown.terms);
  const sum = grown &&
    gathered && {
      ref: grown.ref,
      term: gathered.terms[grown.term] as Expression,
      sofar: runningTotal(gathered, grown.term + 1),
      done: grown.term + 1,
      terms: grown.terms,
    };
  return inWords(sentenceAt(trace, 'term', cursor, 0, sum));
}

test('a term is told with its product and with what the sum has come to', () => {
  expect(told('chapter', 1)).toBe(
    'Term 1 of 3: the sum for y hat 1 begins with x 1 · w 1 1 of layer 1 = 0.1 · 0.15 = 0.015.',
  );
  expect(told('chapter', 2)).toBe(
    'Term 2 of 3: x 2 · w 2 1 of layer 1 = 0.5 · 0.25 = 0.125 comes to the sum for y hat 1, which is 0.14 so far.',
  );
  expect(told('chapter', 3)).toBe('Term 3 of 3: b 1 of layer 1 = 0.35 completes the sum for y hat 1: 0.49.');
});

test('going back, the terms over the batch are told as samples', () => {
  const { trace } = recorded('batch-of-three');
  const cursors = ends(trace.stages, 'term');
  const step = cursors.findIndex(
    (cursor) => growingAt(trace, stepAt(trace.stages, 'term', cursor), 0)?.ref === 'fc_2.w.grad[0,1]',
  );
  expect(told('batch-of-three', step + 2)).toMatch(
    /^Sample 2 of 3: nabla 2 of layer 2 in sample 2 · h 1 of layer 1 in sample 2 = .* comes to the sum for gradient of w 1 2 of layer 2, which is .* so far\.$/,
  );
});

test('while the terms are still on their way, they are at least counted', () => {
  const { trace } = recorded('chapter');
  expect(inWords(sentenceAt(trace, 'term', 2, 0))).toBe('Term 2 of 3 for y hat 1.');
});

test('a node of a single operation is told as a node', () => {
  const { trace } = recorded('two-layers');
  const cursor = ends(trace.stages, 'node')[2] as number;
  expect(sentenceAt(trace, 'term', cursor, 0)).toEqual(sentenceAt(trace, 'node', cursor, 0));
});
