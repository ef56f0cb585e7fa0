import { describe, expect, test } from 'vitest';
import { inWords } from '@/say';
import { dueAt } from '@/timeline/reached';
import { sentenceAt } from '@/timeline/sentence';
import { type IMAGE_SLUGS, recorded } from '../recorded';

/** What is said when a number has just been computed. */
function told(slug: (typeof IMAGE_SLUGS)[number], ref: string): string {
  const { trace } = recorded(slug);
  return inWords(sentenceAt(trace, 'node', dueAt(trace.stages, ref, trace.layers) as number, 0));
}

describe('a pixel is told', () => {
  test('of a convolution by its window and its products', () => {
    expect(told('convolution', 'conv_1.output[0,0,1,0]')).toBe(
      'Filter 1 lies over the window in row 2, column 1; each number that it covers, times the weight there, and the bias: ' +
        '4 · 1 + 5 · 2 + 7 · 3 + 8 · 4 + 0 = 67, which is y hat 1 2 1.',
    );
  });

  test('of a large filter by how many products it takes, and by what lies in the padding', () => {
    expect(told('digits-cnn', 'conv_1.output[0,1,3,4]')).toMatch(
      /^Filter 2 lies over the window in row 4, column 5; 9 products of what it covers with its weights, and the bias, make /,
    );
    expect(told('digits-cnn', 'conv_1.output[0,1,0,0]')).toMatch(
      /which reaches into the padding: 5 of its weights meet 0 there; 4 products of the others, and the bias, make /,
    );
  });

  test('of a maximum by the winner', () => {
    const { trace } = recorded('digits-cnn');
    const { box } = winner(trace.layers[2]);
    expect(told('digits-cnn', 'max_pool_1.output[0,1,1,2]')).toMatch(
      new RegExp(
        `^Of the 4 numbers in the window in row 2, column 3, a 2 ${box[0] + 1} ${box[1] + 1} of layer 1 in sample 1 = `,
      ),
    );
  });

  test('of a flattened one by where it stood', () => {
    expect(told('digits-cnn', 'flatten_1.output[0,23]')).toMatch(
      /^Flatten changes no number, it only puts them all in one row: a prime 2 2 4 of layer 1/,
    );
  });

  test('on the way back by all that it took part in', () => {
    expect(told('convolution', 'x.grad[0,0,1,1]')).toBe(
      'x 1 2 2 took part in several outputs, so it gathers what comes back from each, times the weight that it met there: ' +
        '7 · 1 + 7 · 2 + (−3) · 3 + (−3) · 4, so gradient of x 1 2 2 = 0.',
    );
    expect(told('convolution', 'conv_1.output.grad[0,0,1,1]')).toBe(
      'Backward starts at the loss: for each unit that y hat 1 2 2 grows, loss changes by 7.',
    );
  });

  test('behind a maximum by whether it won', () => {
    const { trace } = recorded('digits-cnn');
    const { box } = winner(trace.layers[2]);
    const [r, s] = box;
    expect(told('digits-cnn', `relu_1.output.grad[0,1,${r},${s}]`)).toMatch(
      /was the largest of one window, so it takes/,
    );
    const other = [2 + ((r + 1) % 2), s];
    expect(told('digits-cnn', `relu_1.output.grad[0,1,${other}]`)).toMatch(
      /was the largest of none.*nothing comes back/,
    );
  });

  test('of a filter’s gradient by the places that it served at', () => {
    expect(told('convolution', 'conv_1.w.grad[0,0,0,0]')).toMatch(
      /^Filter 1 served at 4 places, so each of its weights adds up, over all of them, .*gradient of w 1 1 1 1 of layer 1 = 54/,
    );
    expect(told('digits-cnn', 'conv_1.w.grad[3,0,0,0]')).toMatch(
      /^Filter 4 served at 64 places of each of the 3 samples/,
    );
  });
});

/** The largest in the window of max_pool_1.output[0,1,1,2]. */
function winner(layer: unknown): { box: [number, number] } {
  const { input } = layer as { input: number[][][][] };
  const window = [2, 3].flatMap((r) =>
    [4, 5].map((s) => ({ box: [r, s] as [number, number], value: input[0]?.[1]?.[r]?.[s] ?? 0 })),
  );
  return window.reduce((best, one) => (one.value > best.value ? one : best));
}
