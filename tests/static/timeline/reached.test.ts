import { describe, expect, test } from 'vitest';
import { gradientOf, nextOf } from '@/refs';
import { computedCount, computedRefs } from '@/timeline/computed';
import { finish, stepAt } from '@/timeline/cursor';
import { dueAt, isComputed, reached } from '@/timeline/reached';
import { ends } from '../ends';
import { recorded, SLUGS } from '../recorded';

const { trace } = recorded('two-layers');
const { stages } = trace;

describe('a number is known', () => {
  test('from the start if it is given', () => {
    for (const ref of ['x[0,1]', 'y[0,0]', 'fc_1.w[0,1]', 'fc_2.b[1]', 'fc_2.one[0]'])
      expect(reached(stages, 0, ref)).toBe(true);
  });

  test('not at the start if it is computed', () => {
    for (const ref of [
      'fc_1.output[0,0]',
      'loss',
      'x.grad[0,0]',
      'fc_1.w.grad[0,0]',
      'fc_1.one.grad[0]',
      'fc_1.b.next[0]',
    ]) {
      expect(reached(stages, 0, ref), ref).toBe(false);
    }
  });

  test('once its own stage has come to its node, and not before', () => {
    const due = dueAt(stages, 'fc_1.output[0,1]') as number;
    expect(reached(stages, due - 1, 'fc_1.output[0,1]')).toBe(false);
    expect(reached(stages, due, 'fc_1.output[0,1]')).toBe(true);
    expect(reached(stages, due, 'relu_1.output[0,0]')).toBe(false);
  });

  test('under both names of a layer’s input and of the output before it', () => {
    expect(dueAt(stages, 'relu_1.input[0,0]')).toBe(dueAt(stages, 'fc_1.output[0,0]'));
    expect(dueAt(stages, 'fc_1.input.grad[0,1]')).toBe(dueAt(stages, 'x.grad[0,1]'));
    expect(dueAt(stages, 'fc_1.input[0,1]')).toBe(0);
  });

  test('never if no stage computes it', () => {
    expect(dueAt(stages, 'fc_9.output[0,0]')).toBeNull();
    expect(reached(stages, finish(stages), 'y.grad[0,0]')).toBe(false);
  });

  test.each(SLUGS)('for everything in the picture of %s at the end of the step', (slug) => {
    const all = recorded(slug).trace;
    const refs = [
      ...(all.nodes ?? []).flatMap(({ ref, pre }) => [
        ref,
        gradientOf(ref),
        ...(pre ? [pre.ref, gradientOf(pre.ref)] : []),
      ]),
      ...(all.edges ?? []).flatMap(({ ref }) => (ref ? [ref, gradientOf(ref), nextOf(ref)] : [])),
    ];
    for (const ref of refs) expect(reached(all.stages, finish(all.stages), ref), ref).toBe(true);
  });

  test.each(SLUGS)('exactly from the step on that computes it, in %s', (slug) => {
    const all = recorded(slug).trace;
    for (const end of ends(all.stages, 'node')) {
      for (const ref of computedRefs(all, stepAt(all.stages, 'node', end), 0))
        expect(dueAt(all.stages, ref), ref).toBe(end);
    }
  });
});

const GRAINS = ['pass', 'layer', 'node'] as const;

describe.each(SLUGS)('what a step of %s computes', (slug) => {
  const all = recorded(slug).trace;
  const steps = GRAINS.flatMap((grain) => ends(all.stages, grain).map((end) => stepAt(all.stages, grain, end)));

  test('is told without listing it', () => {
    // Also what no step lists, such as the gradient of a constant 1, which is drawn as any other node's.
    const nodes = (all.nodes ?? []).flatMap(({ ref, pre }) => [ref, ...(pre ? [pre.ref] : [])]);
    const edges = (all.edges ?? []).flatMap(({ ref }) => (ref ? [ref] : []));
    const every = [
      ...nodes.flatMap((ref) => [ref, gradientOf(ref)]),
      ...edges.flatMap((ref) => [ref, gradientOf(ref), nextOf(ref)]),
      ...ends(all.stages, 'pass').flatMap((end) => computedRefs(all, stepAt(all.stages, 'pass', end), 0)),
    ];
    for (const pieces of steps) {
      const listed = new Set(computedRefs(all, pieces, 0));
      expect(new Set(every.filter((ref) => isComputed(all, pieces, ref)))).toEqual(listed);
    }
  });

  test('is counted, and its first numbers are listed, without the others', () => {
    for (const pieces of steps) {
      const listed = computedRefs(all, pieces, 0);
      expect(computedCount(all, pieces, 0)).toBe(listed.length);
      for (const most of [0, 1, 4]) expect(computedRefs(all, pieces, 0, most)).toEqual(listed.slice(0, most));
    }
  });
});
