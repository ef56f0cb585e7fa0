import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LayerTrace, Stage } from '@/api/types';
import { finish, stepAt } from '@/model/cursor';
import { unravel } from '@/model/lookup';
import { gradientOf, nextOf } from '@/model/refs';
import { dueAt, growingAt, isComputed, reached } from '@/model/results';
import { computedRefs } from '../computed';
import { ends } from '../ends';
import { recorded, SLUGS } from '../recorded';

const { trace } = recorded('two-layers');

describe('a number is known', () => {
  test('from the start if it is given', () => {
    for (const ref of ['x[0,1]', 'y[0,0]', 'fc_1.w[0,1]', 'fc_2.b[1]', 'fc_2.one[0]'])
      expect(reached(trace, 0, ref)).toBe(true);
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
      expect(reached(trace, 0, ref), ref).toBe(false);
    }
  });

  test('once its stage has finished its node, and not before', () => {
    const due = dueAt(trace, 'fc_1.output[0,1]') as number;
    expect(reached(trace, due - 1, 'fc_1.output[0,1]')).toBe(false);
    expect(reached(trace, due, 'fc_1.output[0,1]')).toBe(true);
    expect(reached(trace, due, 'relu_1.output[0,0]')).toBe(false);
  });

  test('under both names of a layer’s input and of the previous output', () => {
    expect(dueAt(trace, 'relu_1.input[0,0]')).toBe(dueAt(trace, 'fc_1.output[0,0]'));
    expect(dueAt(trace, 'fc_1.input.grad[0,1]')).toBe(dueAt(trace, 'x.grad[0,1]'));
    expect(dueAt(trace, 'fc_1.input[0,1]')).toBe(0);
  });

  test('never if no stage computes it', () => {
    expect(dueAt(trace, 'fc_9.output[0,0]')).toBeNull();
    expect(dueAt(trace, 'fc_9.w.grad[0,0]')).toBeNull();
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
    for (const ref of refs) expect(reached(all, finish(all.stages), ref), ref).toBe(true);
  });

  test.each(SLUGS)('exactly after the step that computes it, in %s', (slug) => {
    const all = recorded(slug).trace;
    for (const end of ends(all.stages, 'node')) {
      for (const ref of computedRefs(stepAt(all.stages, 'node', end), 0)) expect(dueAt(all, ref), ref).toBe(end);
    }
  });
});

const GRAINS = ['pass', 'layer', 'node'] as const;

describe.each(SLUGS)('the numbers that a step of %s computes', (slug) => {
  const all = recorded(slug).trace;
  const steps = GRAINS.flatMap((grain) => ends(all.stages, grain).map((end) => stepAt(all.stages, grain, end)));

  test('are found without listing them', () => {
    // Also numbers that no step lists, such as the gradient of a constant 1, which is drawn like any other.
    const nodes = (all.nodes ?? []).flatMap(({ ref, pre }) => [ref, ...(pre ? [pre.ref] : [])]);
    const edges = (all.edges ?? []).flatMap(({ ref }) => (ref ? [ref] : []));
    const every = [
      ...nodes.flatMap((ref) => [ref, gradientOf(ref)]),
      ...edges.flatMap((ref) => [ref, gradientOf(ref), nextOf(ref)]),
      ...ends(all.stages, 'pass').flatMap((end) => computedRefs(stepAt(all.stages, 'pass', end), 0)),
    ];
    for (const pieces of steps) {
      const listed = new Set(computedRefs(pieces, 0));
      expect(new Set(every.filter((ref) => isComputed(all, pieces, ref)))).toEqual(listed);
    }
  });
});

interface Timing {
  layers: LayerTrace[];
  stages: Stage[];
  samples: number;
  due: Record<string, { shape: number[]; at: number[] }>;
  nodes: { stage: number; node: number; refs: string[]; terms: [name: string, entry: number, term: number][] }[];
}

const { networks } = JSON.parse(readFileSync(new URL('../recorded/timings.json', import.meta.url), 'utf8')) as {
  networks: Timing[];
};

describe.each(networks.map((one, place) => [place, one] as const))('network %i is timed as by the engine', (_, one) => {
  test('every number is known from the same cursor on', () => {
    for (const [tensor, { shape, at }] of Object.entries(one.due)) {
      for (const [place, due] of at.entries()) {
        const index = unravel(place, shape);
        const ref = index.length > 0 ? `${tensor}[${index.join()}]` : tensor;
        expect(dueAt(one, ref), ref).toBe(due);
      }
    }
  });

  test('a node has the same numbers, and each of its terms is added to the same number', () => {
    for (const { stage: place, node, refs, terms } of one.nodes) {
      const stage = one.stages[place] as Stage;
      const sample = one.samples - 1;
      const piece = { stage, first: node, end: node + 1, term: null };
      expect(computedRefs([piece], sample)).toEqual(refs);
      for (const [term, [name, entry, own]] of terms.entries()) {
        const sum = growingAt([{ ...piece, term }], sample);
        const among = refs.filter((ref) => ref === name || ref.startsWith(`${name}[`));
        expect(sum && [sum.ref, sum.term]).toEqual(entry < among.length ? [among[entry], own] : null);
      }
    }
  });
});
