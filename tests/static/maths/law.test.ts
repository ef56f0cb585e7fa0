import { expect, test } from 'vitest';
import type { LawNode } from '@/api/types';
import { typesetLaw } from '@/inspector/Law';
import { markup } from '@/maths/markup';
import { recorded, SLUGS } from '../recorded';

const letter = (text: string): LawNode => ({ kind: 'letter', text });

test('each part of a law is typeset by its kind', () => {
  const one: LawNode = { kind: 'number', text: '1' };
  const power: LawNode = { kind: 'above', parts: [letter('e'), { kind: 'row', parts: [letter('z')] }] };
  expect(markup(typesetLaw({ kind: 'fraction', parts: [one, power] }))).toBe(
    '<mfrac><mn>1</mn><msup><mi>e</mi><mrow><mi>z</mi></mrow></msup></mfrac>',
  );
  expect(markup(typesetLaw({ kind: 'below', parts: [letter('ŵ'), { kind: 'new' }] }))).toContain('new');
  const bars = markup(typesetLaw({ kind: 'fence', text: '|', parts: [letter('z')] }));
  expect(bars.match(/>\|</g)).toHaveLength(2);
});

test('every law of the examples is typeset', () => {
  const laws = SLUGS.flatMap((slug) => recorded(slug).explanations.map(({ law_text }) => law_text));
  expect(laws.length).toBeGreaterThan(100);
  for (const { language, parts } of laws) {
    expect(language).toBe('en');
    for (const part of parts) {
      if (typeof part !== 'string')
        for (const piece of part) expect(markup(typesetLaw(piece))).not.toContain('undefined');
    }
  }
});
