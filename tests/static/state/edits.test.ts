import { beforeEach, describe, expect, test } from 'vitest';
import type { NetworkDocument, Problem } from '@/api/types';
import { dismiss, edited, forgetEdits, noteEdits, takeBack, works } from '@/state/edits';
import { changed, EMPTY, opened, present } from '@/state/history';
import * as store from '@/state/store';
import { recorded } from '../recorded';

const first = recorded('chapter').trace.document;
const place = { sample: 0, cursor: 0, trail: [] };
const problem = { detail: 'no' } as Problem;
const faster = { ...first, optimizer: { ...first.optimizer, lr: -1 } } as NetworkDocument;

beforeEach(() => {
  forgetEdits();
  dismiss();
  store.history.value = opened(EMPTY, { document: first, title: 'opened', example: 'chapter' }, place);
  store.network.value = first;
  store.example.value = 'chapter';
  store.drafts.value = {};
  works(first, store.history.value);
});

function edit(document: NetworkDocument, pointer: string): void {
  noteEdits([pointer]);
  store.history.value = changed(store.history.value, document, { title: 'edited' }, place);
  store.network.value = document;
  store.example.value = null;
}

describe('the edited places', () => {
  test('are listed once each, the latest last, and no more than the limit of the service', () => {
    noteEdits(['/x', '/y']);
    noteEdits(['/x']);
    expect(edited()).toEqual(['/y', '/x']);
    for (let n = 0; n < 100; n++) noteEdits([`/layers/${n}`]);
    expect(edited()).toHaveLength(64);
    expect(edited().at(-1)).toBe('/layers/99');
  });
});

describe('an edit that is refused', () => {
  test('is reverted completely, and the typed text stays in its field', () => {
    edit(faster, '/optimizer/lr');
    expect(store.behind.value).toBe(true);
    expect(takeBack(problem, faster)).toBe(true);
    expect(store.network.value).toBe(first);
    expect(store.behind.value).toBe(false);
    expect(present(store.history.value)?.document).toBe(first);
    expect(store.history.value.entries).toHaveLength(1);
    expect(store.example.value).toBe('chapter');
    expect(store.drafts.value).toEqual({ '/optimizer/lr': '-1' });
    expect(store.refusal.value).toEqual({ problem, place: '/optimizer/lr', attempted: faster });
    expect(edited()).toEqual([]);
  });

  test('is ignored once there is a newer edit', () => {
    edit(faster, '/optimizer/lr');
    const newer = { ...first, seed: 5 };
    edit(newer, '/seed');
    expect(takeBack(problem, faster)).toBe(true);
    expect(store.network.value).toBe(newer);
    expect(store.refusal.value).toBeNull();
  });

  test('is included in the next edit, with its typed text', () => {
    edit(faster, '/optimizer/lr');
    takeBack(problem, faster);
    noteEdits(['/seed']);
    expect(store.refusal.value).toBeNull();
    expect(store.drafts.value).toEqual({});
  });
});
