import { afterEach, describe, expect, test, vi } from 'vitest';
import { say } from '@/maths/sentences';

afterEach(() => {
  vi.doUnmock('@/texts');
  vi.resetModules();
});

async function inChinese() {
  const { zh } = await import('@/texts/zh');
  vi.doMock('@/texts', () => ({ texts: zh(say) }));
  vi.resetModules();
  return import('@/texts/service-words');
}

describe('on an English page', () => {
  test('texts of the service are unchanged and unmarked', async () => {
    const { foreign, runs } = await import('@/texts/service-words');
    expect(foreign('A dead ReLU')).toBeUndefined();
    expect(runs('This step: it must be less.')).toEqual([{ text: 'This step: it must be less.', lang: undefined }]);
  });
});

describe('on a Chinese page', () => {
  test('English texts are marked as English', async () => {
    const { foreign } = await inChinese();
    expect(foreign('My network')).toBe('en');
    expect(foreign('失活的 ReLU')).toBeUndefined();
  });

  test('a quotation of the service in a message is marked within it', async () => {
    const { runs } = await inChinese();
    const detail = "MaxPool2D 'pool1': height 27 does not divide into windows of 2; try stride 1.";
    expect(runs(`未能打开链接。${detail}`)).toEqual([
      { text: '未能打开链接。', lang: undefined },
      { text: detail, lang: 'en' },
    ]);
    expect(runs(detail)).toEqual([{ text: detail, lang: 'en' }]);
    expect(runs('请写成 0.5 或 1/3。')).toEqual([{ text: '请写成 0.5 或 1/3。', lang: undefined }]);
  });
});
