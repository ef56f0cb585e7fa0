import { expect, test } from 'vitest';
import { VIEWS, viewOf } from '@/state/view';

test('the address says which view is open', () => {
  for (const view of VIEWS) expect(viewOf(`#${view}`)).toBe(view);
});

test('an address that says nothing, or nothing known, opens the diagram', () => {
  for (const hash of ['', '#', '#nowhere', '#Check', 'check', '#check/', '#diagram?']) {
    expect(viewOf(hash)).toBe('diagram');
  }
});
