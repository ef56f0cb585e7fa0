import { describe, expect, test } from 'vitest';
import { inWords } from '@/maths/sentences';
import { texts } from '@/texts';
import { gradientRef, NAMED, outputRef, unitsNamed } from '@/ui/stuck';
import { recorded } from '../recorded';

const words = texts.flow;
const rows = recorded('batch-of-three').trace;
const images = recorded('digits-cnn').trace;

describe('the units of a layer', () => {
  const [first] = rows.layers;
  const [convolution] = images.layers;
  if (!first || !convolution) throw new Error('a recording has no layers');

  test('link to their output in the displayed sample', () => {
    expect(outputRef(rows, first.name, 1, 2)).toBe(`${first.name}.output[2,1]`);
    expect(gradientRef(rows, first.name, 2)).toBe(`${first.name}.output.grad[2,0]`);
  });

  test('of images are channels, which link to their first pixel', () => {
    expect(outputRef(images, convolution.name, 3, 0)).toBe(`${convolution.name}.output[0,3,0,0]`);
  });

  test('are written without a sample, because the statement holds for all of them', () => {
    const sentence = unitsNamed(rows, first.name, [0, 1], 2, words);
    expect(sentence).toEqual([
      { symbol: 'z_1^(1)', ref: `${first.name}.output[2,0]` },
      ' and ',
      { symbol: 'z_2^(1)', ref: `${first.name}.output[2,1]` },
    ]);
  });

  test('are counted if there are many, but a single one is never left out', () => {
    const several = (count: number) =>
      unitsNamed(
        rows,
        first.name,
        Array.from({ length: count }, (_, unit) => unit),
        0,
        words,
      );
    expect(several(NAMED + 1).filter((part) => typeof part !== 'string')).toHaveLength(NAMED + 1);
    const many = several(NAMED + 5);
    expect(many.filter((part) => typeof part !== 'string')).toHaveLength(NAMED);
    expect(inWords(many)).toMatch(/ and 5 more$/);
  });

  test('are named with the reason why they are stuck', () => {
    const named = (count: number) => unitsNamed(rows, first.name, [0, 1].slice(0, count), 0, words);
    expect(inWords(words.dead(named(1), 'relu_1', 1))).toBe(
      'z 1 of layer 1 of relu_1 is dead: its slope is 0 in every sample, so no gradient passes back.',
    );
    expect(inWords(words.saturated(named(2), 'tanh_1', 2))).toBe(
      'z 1 of layer 1 and z 2 of layer 1 of tanh_1 are saturated: their slope is under 1 % of the steepest, so little gradient passes back.',
    );
  });
});
