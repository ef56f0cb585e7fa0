import { afterEach, expect, test } from 'vitest';
import { inWords, sentenceOf } from '@/maths/sentences';
import { texts } from '@/texts';

const wordings: Record<string, string> = texts.messages;

afterEach(() => {
  delete wordings['test.back'];
});

test('a space separates Chinese and Latin letters, and nothing separates Chinese characters', () => {
  wordings['test.back'] = '反向经过{layer}';
  const back = (kind: string) => {
    const layer = { key: 'named', refs: {}, values: { kind, name: 'a_1' } };
    return inWords(sentenceOf({ key: 'test.back', refs: {}, values: { layer } }));
  };
  expect(back('ReLU')).toBe('反向经过 ReLU a_1');
  expect(back('展平层')).toBe('反向经过展平层 a_1');
});
