import { expect, test } from 'vitest';
import { texts } from '@/texts';
import { check } from '@/texts/check';
import { help as ofHelp } from '@/texts/en/help';
import { table } from '@/texts/table';
import { MATH_GLYPHS, TEXT_GLYPHS } from '../../../static/build-plugins/glyphs';
import { recorded, SLUGS } from '../recorded';

function words(entry: unknown): string[] {
  if (typeof entry === 'string') return [entry];
  return entry && typeof entry === 'object' ? Object.values(entry).flatMap(words) : [];
}

const missing = (told: string[], glyphs: string): string[] =>
  [...new Set(told.join(''))].filter((sign) => !glyphs.includes(sign));

test('every character of the page’s texts is in the subset text fonts', () => {
  const { messages, diagram: ofDiagram, ...others } = texts;
  const { signs, ...help } = ofHelp;
  const { gradientMark, edgeMarks, batchMark, ...diagram } = ofDiagram;
  expect(missing(words(messages), `${TEXT_GLYPHS}${MATH_GLYPHS}`)).toEqual([]);
  expect(missing(words({ ...others, check, diagram, help, table }), `${TEXT_GLYPHS}ℓ`)).toEqual([]);
  for (const [sign, says] of signs) {
    expect(missing([sign], MATH_GLYPHS)).toEqual([]);
    expect(missing([says], TEXT_GLYPHS)).toEqual([]);
  }
  // Chinese characters have no included font.
  expect(missing([gradientMark, batchMark, ...Object.values(edgeMarks)], MATH_GLYPHS)).toEqual([]);
});

test('every character of the service’s laws is in a subset font, or typeset as an index', () => {
  const laws = SLUGS.flatMap((slug) => recorded(slug).explanations.map(({ law }) => law));
  expect(missing(laws, `${TEXT_GLYPHS}${MATH_GLYPHS}ᵀₖ`)).toEqual([]);
});
