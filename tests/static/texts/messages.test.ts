/** A message of the engine without a translation: the build fails and names it. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { messages, untranslated } from '../../../static/build-plugins/messages';
import config from '../../../static/vite.config';

const ENGLISH = { 'node.output': '{out} = {equation}.', complete: 'One training step is complete.' };
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The output of a build with these wordings; an error if it fails. */
function built(chinese: object, folder = mkdtempSync(join(tmpdir(), 'messages-'))): void {
  folders.push(folder);
  writeFileSync(join(folder, 'en.json'), JSON.stringify(ENGLISH));
  writeFileSync(join(folder, 'zh.json'), JSON.stringify(chinese));
  run(messages(folder));
}

function run({ buildStart }: ReturnType<typeof messages>): void {
  const error = (said: string) => {
    throw new Error(said);
  };
  (buildStart as (this: object) => void).call({ error });
}

test('a build with every wording in every language succeeds', () => {
  built({ 'node.output': '{out} = {equation}。', complete: '一次训练步骤至此完成。' });
});

test.each([
  [{ 'node.output': '{out} = {equation}。' }, 'complete has no wording'],
  [{ 'node.output': '{out} = {equation}。', complete: '' }, 'complete has no wording'],
  [{ 'node.output': '{out}。', complete: '完成。' }, 'node.output names other values than in English'],
  [{ 'node.output': '{out} = {equation}。', complete: '完成。', more: '多' }, 'more has no English wording'],
])('a build with %o fails', (chinese, says) => {
  expect(() => built(chinese)).toThrow(`tinyml/narrate/messages/zh.json: ${says}.`);
});

test('a build without a law in a language fails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'messages-'));
  folders.push(folder);
  writeFileSync(join(folder, 'laws.en.json'), JSON.stringify({ 'law.1': 'Law 1: {formula}' }));
  writeFileSync(join(folder, 'laws.zh.json'), '{}');
  expect(() => run(messages(folder))).toThrow('tinyml/narrate/messages/laws.zh.json: law.1 has no wording.');
});

test('all missing wordings are reported at once', () => {
  expect(untranslated(ENGLISH, {})).toEqual(['node.output has no wording', 'complete has no wording']);
});

test('the page’s own build checks the engine’s messages', () => {
  const plugin = config.plugins?.flat().find((one) => one && 'name' in one && one.name === 'messages');
  expect(plugin).toBeDefined();
  run(plugin as ReturnType<typeof messages>);
});
