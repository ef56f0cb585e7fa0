/** The whole page, rendered with the real service, and the actions of a user. */

import { configure, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { h } from 'preact';
import { beforeAll, expect } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import { packed } from '@/documents/link';
import type { SharedState } from '@/model/shared-state';
import { App } from '@/page/App';
import * as attention from '@/state/attention';
import { openExample } from '@/state/network';
import { start } from '@/state/starting';
import * as store from '@/state/store';
import { visibleGraph } from '@/state/visibleGraph';
import { type Wire, withService } from './service';

// Without the whole page in the message.
configure({ getElementError: (message) => new Error(message ?? 'It is not there.') });

/** For a test file: the page with its first picture. */
export function withPage(): Wire {
  const wire = withService();
  beforeAll(async () => {
    render(h(App, null));
    await start();
    await settled();
  });
  return wire;
}

/** Waits until a condition holds, with a short limit. */
export const soon = (holds: () => void): Promise<void> => waitFor(holds, { interval: 5, timeout: 10_000 });

/** The picture belongs to the network in the panel. */
export async function settled(): Promise<void> {
  await soon(() => {
    expect(store.traced.value).not.toBeNull();
    expect(store.traced.value).toBe(store.network.value);
  });
}

/** An example as a user opens it, with all settings at their initial values. */
export async function open(slug: string): Promise<NetworkDocument> {
  store.grain.value = 'node';
  store.notation.value = 'scalar';
  await openExample(slug);
  await settled();
  expect([store.cursor.value, attention.selectionPath.value]).toEqual([0, []]);
  return store.network.value as NetworkDocument;
}

export function press(key: string, times = 1, modifiers: Partial<KeyboardEventInit> = {}): void {
  for (let n = 0; n < times; n++) fireEvent.keyDown(document.body, { key, ...modifiers });
}

export const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

/** The id of the unit or the line of a number in the picture. */
function idOf(ref: string): string | undefined {
  const { nodes, edges } = visibleGraph.value ?? {};
  const unit = nodes?.find((node) => node.ref === ref || node.pre?.ref === ref);
  return unit?.id ?? edges?.find((edge) => edge.ref === ref)?.id;
}

/** The part of the picture that contains a number. */
export function part(ref: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`.diagram [data-part="${idOf(ref)}"]`);
  if (!found) throw new Error(`The picture has no ${ref}.`);
  return found;
}

/** The visible numbers of the picture, by their refs. */
export function numbersShown(): Map<string, number> {
  const all = document.querySelectorAll<HTMLElement>('.diagram .plane text.number[data-ref]');
  return new Map([...all].map(({ dataset }) => [dataset.ref ?? '', Number(dataset.value)]));
}

// Not by its role, because that search takes a tenth of a second.
export const status = (): HTMLElement => document.querySelector('[role=status]') as HTMLElement;
export const sentence = (): string => status().textContent ?? '';

/** A number's field in Build. */
export const field = (label: string | RegExp): HTMLInputElement => {
  const [found] = [...document.querySelectorAll<HTMLInputElement>('.build input')].filter((one) =>
    typeof label === 'string'
      ? one.getAttribute('aria-label') === label
      : label.test(one.getAttribute('aria-label') ?? ''),
  );
  if (!found) throw new Error(`Build has no field ${label}.`);
  return found;
};

/** Types a number as a user does: all at once, and leaves the field. */
export async function type(label: string | RegExp, text: string): Promise<void> {
  const input = field(label);
  fireEvent.focusIn(input);
  fireEvent.input(input, { target: { value: text } });
  fireEvent.focusOut(input);
  await settled();
}

/** The content of a link to a network; without more, at its start. */
export const state = (document: NetworkDocument, own: Partial<SharedState> = {}): SharedState => ({
  ...{ document, step: 1, start: null, sample: 0, cursor: 0, grain: 'node', trail: [], notation: 'scalar' },
  ...{ edges: 'auto', nodes: 'both', table: false, example: null },
  ...own,
});

export const link = async (own: SharedState) => (await packed(own)).payload;
