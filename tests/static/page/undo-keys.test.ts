import { expect, test } from 'vitest';
import { historyKey } from '@/state/undo';

const pressed = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) =>
  historyKey({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });

test('Ctrl Z and ⌘ Z undo', () => {
  expect(pressed('z', { ctrlKey: true })).toBe('undo');
  expect(pressed('z', { metaKey: true })).toBe('undo');
});

test('with Shift they redo, and so does Ctrl Y', () => {
  expect(pressed('Z', { ctrlKey: true, shiftKey: true })).toBe('redo');
  expect(pressed('Z', { metaKey: true, shiftKey: true })).toBe('redo');
  expect(pressed('y', { ctrlKey: true })).toBe('redo');
});

test('no other key does', () => {
  expect(pressed('z')).toBeNull();
  expect(pressed('y')).toBeNull();
  expect(pressed('y', { metaKey: true })).toBeNull();
  expect(pressed('z', { ctrlKey: true, altKey: true })).toBeNull();
  expect(pressed('x', { ctrlKey: true })).toBeNull();
});
