/** Exporting: the formats of the service, the preview, what is sent, and a server that refuses or is gone. */

import { cleanup, fireEvent, render } from '@testing-library/preact';
import { h } from 'preact';
import { afterEach, expect, test, vi } from 'vitest';
import * as files from '@/documents/files';
import { ExportPart } from '@/share/ExportPart';
import * as store from '@/state/store';
import { ways } from '@/texts/ways';
import { ways as chinese } from '@/texts/zh/ways';
import { open, soon, withPage } from './page';

const wire = withPage();
afterEach(cleanup);

const part = <Found extends Element = HTMLElement>(selector: string): Found =>
  document.querySelector<Found>(`.export ${selector}`) as Found;

async function opened(): Promise<HTMLSelectElement> {
  render(h(ExportPart, null));
  const details = document.querySelector<HTMLDetailsElement>('details.export') as HTMLDetailsElement;
  details.open = true;
  fireEvent(details, new Event('toggle'));
  await soon(() => expect(part('select')).not.toBeNull());
  return part<HTMLSelectElement>('select');
}

const asked = (address: string) => wire.asked.filter(({ path }) => path === `/api/export/${address}`);

test('every format of the service has a name in both languages, and is previewed or has its size', async () => {
  await open('two-layers');
  const menu = await opened();
  const formats = [...menu.options].map(({ value }) => value);
  expect(formats).toContain('figure/tikz');
  for (const address of formats) {
    expect(Object.keys(ways.export.formats)).toContain(address);
    expect(Object.keys(chinese.export.formats)).toContain(address);
  }
  await soon(() => expect(part('img.preview').getAttribute('src')).toContain('data:image/svg+xml'));
  fireEvent.change(menu, { target: { value: 'code/numpy' } });
  await soon(() => expect(part('section.preview').textContent).toContain('import numpy'));
  expect(part('fieldset')).toBeNull();
});

test('a figure is saved as it is previewed, with the cursor, the sample and what is chosen', async () => {
  await open('two-layers');
  store.cursor.value = 3;
  const saved = vi.spyOn(files, 'download').mockImplementation(() => {});
  const menu = await opened();
  fireEvent.click(part('input[value=gradients]'));
  fireEvent.click(part('input[value=grey]'));
  fireEvent.change(menu, { target: { value: 'figure/tikz' } });
  fireEvent.click(part('.row button'));
  await soon(() => expect(saved).toHaveBeenCalled());
  const [name, content] = saved.mock.calls[0] as [string, Blob];
  expect(name).toBe('Two-layers-with-ReLU.tex');
  expect(await content.text()).toContain('\\begin{tikzpicture}');
  const figure = { theme: 'grey', numbers: 'gradients', sample: 0 };
  expect(asked('figure/tikz').at(-1)?.body).toMatchObject({ cursor: 3, language: 'en', figure });
  saved.mockRestore();
});

test('while the server is gone the list says so, and is asked for again', async () => {
  await open('chapter');
  wire.cut = true;
  render(h(ExportPart, null));
  const details = document.querySelector<HTMLDetailsElement>('details.export') as HTMLDetailsElement;
  details.open = true;
  fireEvent(details, new Event('toggle'));
  await soon(() => expect(part('[role=alert]')).not.toBeNull());
  wire.cut = false;
  fireEvent.click(part('[role=alert] button'));
  await soon(() => expect(part('select')).not.toBeNull());
});
