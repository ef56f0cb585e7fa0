import { describe, expect, test } from 'vitest';
import { inWords } from '@/say';
import { GRAINS, type Grain } from '@/timeline/cursor';
import { sentenceAt } from '@/timeline/sentence';
import { ends } from '../ends';
import { IMAGE_SLUGS, recorded, SLUGS } from '../recorded';

function told(slug: (typeof SLUGS | typeof IMAGE_SLUGS)[number], grain: Grain, step: number): string {
  const { trace } = recorded(slug);
  return inWords(sentenceAt(trace, grain, step === 0 ? 0 : (ends(trace.stages, grain)[step - 1] as number), 0));
}

describe('the sentence', () => {
  test('tells the chapter’s example node by node, with its own numbers', () => {
    expect(told('chapter', 'node', 0)).toBe(
      '“Fully connected layer” is ready. Inputs, targets and weights are given; everything else is still to be computed.',
    );
    expect(told('chapter', 'node', 1)).toBe('y hat 1 adds up what reaches it: 0.1 · 0.15 + 0.5 · 0.25 + 0.35 = 0.49.');
    expect(told('chapter', 'node', 3)).toBe(
      'The loss compares y hat 1 = 0.49 with y 1 = 0.01 and y hat 2 = 0.62 with y 2 = 0.99: loss = 0.18365.',
    );
    expect(told('chapter', 'node', 5)).toBe(
      'Backward starts at the loss: for each unit that y hat 2 grows, loss changes by −0.37.',
    );
    expect(told('chapter', 'node', 7)).toMatch(
      /^The gradient reaching y hat 2 is −0.37; times x 1 = 0.1 it is gradient of w 1 2 of layer 1 = −0.037 and times x 2/,
    );
    expect(told('chapter', 'node', 8)).toMatch(/0.48 · 0.15 \+ \(−0.37\) · 0.2, so gradient of x 1 = −0.002/);
    expect(told('chapter', 'node', 11)).toMatch(
      /w 1 2 of layer 1 goes from 0.2 to 0.2185.*One training step is complete/,
    );
  });

  test('tells what an activation makes of its unit, forward and back', () => {
    expect(told('two-layers', 'node', 3)).toBe('ReLU turns z 1 of layer 1 = 0.545 into h 1 of layer 1 = 0.545.');
  });

  test('says over how many samples a gradient is added up', () => {
    const all = Array.from({ length: 40 }, (_, step) => told('batch-of-three', 'node', Math.min(step, 36)));
    const summed = all.filter((sentence) => sentence.includes('added up over 3 samples'));
    expect(summed.length).toBeGreaterThan(0);
    for (const sentence of summed) expect(sentence).not.toMatch(/reaching [^,]*sample/);
  });

  test.each([...SLUGS, ...IMAGE_SLUGS])('has words for every step of %s at every grain', (slug) => {
    const { trace } = recorded(slug);
    for (const grain of GRAINS) {
      const all = ends(trace.stages, grain);
      // Of the thousands that images have, some; with all of the last ones.
      const some = all.filter((_, step) => all.length < 500 || step % 29 === 0 || step > all.length - 20);
      for (const end of some) {
        const sentence = inWords(sentenceAt(trace, grain, end, 0));
        expect(sentence).not.toMatch(/undefined|not a number|NaN|\[object|= \.|: \./);
        expect(sentence).toMatch(/\.$/);
      }
    }
  });
});
