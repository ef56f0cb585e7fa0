import { expect, test } from 'vitest';
import { addressOf, VIEWS, viewOf } from '@/state/view';

test('the address says which view is open', () => {
  for (const view of VIEWS) expect(viewOf(`#${view}`)).toBe(view);
});

test('an address that says nothing, or nothing known, opens the diagram', () => {
  for (const hash of ['', '#', '#nowhere', '#Check', 'check', '#check/', '#diagram?']) {
    expect(viewOf(hash)).toBe('diagram');
  }
});

test('behind the view stands what a link holds, or the id of a stored network', () => {
  expect(addressOf('#check&s=1.abc.0123456789abcdef')).toEqual({
    view: 'check',
    shared: '1.abc.0123456789abcdef',
    stored: null,
  });
  expect(addressOf('#diagram&n=a-b_C1')).toEqual({ view: 'diagram', shared: null, stored: 'a-b_C1' });
  expect(addressOf('#n=a')).toEqual({ view: 'diagram', shared: null, stored: 'a' });
  expect(addressOf('#check')).toEqual({ view: 'check', shared: null, stored: null });
});
