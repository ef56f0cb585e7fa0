import { describe, expect, test } from 'vitest';
import type { Explanation } from '@/api/types';
import { type Mark, marksOf } from '@/maps/links';
import { leaves } from '@/model/lookup';
import { baseOf, canonical, parseRef } from '@/model/refs';
import { IMAGE_SLUGS, recorded, SEQUENCE_SLUG } from '../recorded';

const convolution = recorded('convolution').trace;
const digits = recorded('digits-cnn').trace;
const sequence = recorded(SEQUENCE_SLUG).trace;

const told = ({ tensor, prefix, box, kind }: Mark): string =>
  `${kind} ${tensor}[${prefix}] ${box.top},${box.left} ${box.rows}×${box.columns}`;

describe('the numbers related to a number', () => {
  test('of a convolution are its window and its filter', () => {
    expect(marksOf(convolution, 'conv_1.output[0,0,1,0]').map(told)).toEqual([
      'own conv_1.output[0,0] 1,0 1×1',
      'field x[0,0] 1,0 2×2',
      'kernel conv_1.w[0,0] 0,0 2×2',
    ]);
  });

  test('of a convolution on sequences are a block of all channels and the whole filter', () => {
    expect(marksOf(sequence, 'conv_1.output[0,1,2]').map(told)).toEqual([
      'own conv_1.output[0] 1,2 1×1',
      'field x[0] 0,2 2×3',
      'kernel conv_1.w[1] 0,0 2×3',
    ]);
    expect(marksOf(sequence, 'x.grad[0,1,1]').map(told)).toEqual([
      'own x[0] 1,1 1×1',
      'field conv_1.output[0] 0,0 2×2',
      'kernel conv_1.w[0] 1,0 1×3',
      'kernel conv_1.w[1] 1,0 1×3',
    ]);
    expect(marksOf(sequence, 'conv_1.w.grad[0,1,2]').map(told)).toEqual([
      'own conv_1.w[0] 1,2 1×1',
      'field x[0] 1,2 1×4',
      'field conv_1.output[0] 0,0 1×4',
    ]);
  });

  test('include padding at the border', () => {
    expect(marksOf(digits, 'conv_1.output[0,2,0,7]').map(told)).toContain('field x[0,0] -1,6 3×3');
  });

  test('of an input gradient are the outputs that use the pixel', () => {
    expect(marksOf(convolution, 'x.grad[0,0,0,1]').map(told)).toEqual([
      'own x[0,0] 0,1 1×1',
      'field conv_1.output[0,0] 0,0 1×2',
      'kernel conv_1.w[0,0] 0,0 2×2',
    ]);
    expect(marksOf(convolution, 'conv_1.output.grad[0,0,1,1]').map(told)).toEqual([
      'own conv_1.output[0,0] 1,1 1×1',
      'field y[0,0] 1,1 1×1',
    ]);
  });

  test('of a weight’s gradient are all pixels that it multiplied, and the output gradients', () => {
    expect(marksOf(convolution, 'conv_1.w.grad[0,0,1,0]').map(told)).toEqual([
      'own conv_1.w[0,0] 1,0 1×1',
      'field x[0,0] 1,0 2×2',
      'field conv_1.output[0,0] 0,0 2×2',
    ]);
    expect(marksOf(convolution, 'conv_1.w[0,0,1,0]').map(told)).toEqual(['own conv_1.w[0,0] 1,0 1×1']);
  });

  test('of a maximum are the chosen number and its value', () => {
    const marks = marksOf(digits, 'max_pool_1.output[0,1,1,2]');
    const { box } = marks.find(({ kind }) => kind === 'winner') as Mark;
    const input = digits.tensors['relu_1.output'] as unknown as number[][][][];
    const output = digits.tensors['max_pool_1.output'] as unknown as number[][][][];
    expect(input[0]?.[1]?.[box.top]?.[box.left]).toBe(output[0]?.[1]?.[1]?.[2]);
    expect(told(marks[1] as Mark)).toBe('field relu_1.output[0,1] 2,4 2×2');
  });

  test('of a flattened number are the number before flattening', () => {
    expect(marksOf(digits, 'flatten_1.output[0,23]').map(told)[1]).toBe('field max_pool_1.output[0,1] 1,3 1×1');
    expect(marksOf(digits, 'max_pool_1.output.grad[0,1,1,3]').map(told)[1]).toBe('field flatten_1.output[0] 23,0 1×1');
  });

  test('are none for a ref without a place', () => {
    expect(marksOf(digits, 'loss')).toEqual([]);
    expect(marksOf(digits, 'lr')).toEqual([]);
  });
});

describe.each(IMAGE_SLUGS)('in %s', (slug) => {
  const { trace, explanations } = recorded(slug);
  const names = trace.layers.map(({ name }) => name);
  // The distribution of gradients by a loss is not about one cell.
  const last = `${names.at(-1)}.output.grad[`;
  const computed = explanations.filter(
    ({ ref }) => /\.output\[|(^x|\.output)\.grad\[/.test(ref) && !ref.startsWith(last),
  );

  test.each(computed.map((one) => [one.ref, one] as const))('%s highlights all refs of its formula', (ref, answer) => {
    const marks = marksOf(trace, ref);
    for (const leaf of leaves((answer as Explanation).expression)) {
      const parsed = parseRef(canonical(trace.layers, baseOf(leaf.ref)));
      // A bias has no map, and neither have the weights of a linear layer.
      if (!parsed || parsed.part === 'b' || (parsed.part === 'w' && parsed.index.length < 4)) continue;
      const tensor = parsed.part ? `${parsed.name}.${parsed.part}` : parsed.name;
      const covered = marks.some((mark) => mark.tensor === tensor && covers(mark, parsed.index));
      expect(covered, leaf.ref).toBe(true);
    }
  });
});

function covers({ prefix, box }: Mark, index: readonly number[]): boolean {
  const [row = 0, column = 0] = index.slice(prefix.length);
  const inside = row >= box.top && row < box.top + box.rows && column >= box.left && column < box.left + box.columns;
  return prefix.every((one, axis) => one === index[axis]) && inside;
}
