import { expect, test } from 'vitest';
import type { Case } from '@/api/types';
import { say } from '@/maths/sentences';
import { zh } from '@/texts/zh';
import { explanation, IMAGE_SLUGS, recorded, SLUGS } from '../recorded';

const { inspector, messages } = zh(say);
const wordings: Readonly<Record<string, string>> = messages;
const reader = {
  symbol: (text: string) => text,
  number: (value: number) => String(value),
  condition: ({ when, condition }: Case) => wordings[condition ?? ''] ?? when,
};
const aloud = (slug: Parameters<typeof recorded>[0], ref: string) => inspector.aloud(explanation(slug, ref), reader);

test('a formula is spoken in Chinese', () => {
  expect(aloud('chapter', 'fc_1.output[0,0]')).toBe(
    'ŷ_1 等于 x_1 乘以 w_11^(1) 加 x_2 乘以 w_21^(1) 加 b_1^(1) 等于 0.1 乘以 0.15 加 0.5 乘以 0.25 加 0.35 等于 0.49',
  );
  expect(aloud('two-layers', 'relu_1.output[0,0]')).toContain('（因为z > 0）');
});

test('no English word is left in it', () => {
  for (const slug of [...SLUGS, ...IMAGE_SLUGS]) {
    const { explanations, forms } = recorded(slug);
    for (const one of [...explanations, ...forms]) {
      const text = inspector.aloud(one, reader).replaceAll(/sigma|NaN|,new|\de-\d/g, '');
      expect(text, one.ref).not.toMatch(/[A-Za-z]{3,}|undefined/);
    }
  }
});
