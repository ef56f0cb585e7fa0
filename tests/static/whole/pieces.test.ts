/** Parts of the page alone, without a network: colours, grids, animations and reserved room. */

import { fireEvent, render } from '@testing-library/preact';
import { h } from 'preact';
import { expect, test, vi } from 'vitest';
import { frame } from '@/state/view';
import { setBar, setFoot, space } from '@/state/visibleGraph';
import { HereCell, usePaintedGrid } from '@/ui/grid';
import { colourOf, css, type Palette, RangeBar } from '@/ui/heat';
import { useFollowed } from '@/ui/useFollowed';
import { withBoxes } from './boxes';

const boxes = withBoxes();

const one = <Found extends Element = HTMLElement>(selector: string, within: ParentNode = document) =>
  within.querySelector<Found>(selector) as Found;

test('the colours of a range are those of its smallest and its largest number', () => {
  const scale = { low: -2, high: 2 };
  const [negative, zero, positive, least, most, wrong] = [1, 2, 3, 4, 5, 6].map(
    (part) => [part, 90, 30 * part] as const,
  );
  const palette = { negative, zero, positive, least, most, wrong } as Palette;
  const { container } = render(h(RangeBar, { scale, shown: { low: -2, high: 1 }, palette }));
  const painted = one('i', container).getAttribute('style')?.replaceAll(' ', '') ?? '';
  const [low, high] = [-2, 1].map((value) => painted.indexOf(css(colourOf(value, scale, palette)).replaceAll(' ', '')));
  expect(low).toBeGreaterThan(0);
  expect(low).toBeLessThan(high ?? 0);
  const ends = [...container.querySelectorAll<HTMLElement>('.number')];
  expect(ends.map(({ dataset }) => dataset.value)).toEqual(['-2', '1']);
});

test('in a painted grid the cell under the pointer is selected, and the cell at the keys is marked', () => {
  const seen: (readonly [number, number] | null)[] = [];
  const chosen: (readonly [number, number])[] = [];
  const Grid = () => {
    const { grid } = usePaintedGrid(
      { rows: 3, columns: 4, cell: { width: 10, height: 25 }, label: 'Grid', hint: '' },
      { point: (place) => seen.push(place), choose: (place) => chosen.push(place), by: ['Enter'], leave: () => {} },
    );
    return h('div', { ...grid, class: 'painted' });
  };
  const { container } = render(h(Grid, null));
  const grid = one('.painted', container);
  boxes({ '.painted': { left: 5, top: 7, width: 40, height: 75 } });
  fireEvent.click(grid, { clientX: 5 + 32, clientY: 7 + 30 });
  fireEvent.click(grid, { clientX: 5 + 2, clientY: 7 + 74 });
  fireEvent.click(grid, { clientX: 5 + 45, clientY: 7 + 10 });
  expect(chosen).toEqual([
    [1, 3],
    [2, 0],
  ]);
  fireEvent.keyDown(grid, { key: 'ArrowRight' });
  fireEvent.keyDown(grid, { key: 'End', ctrlKey: true });
  expect(seen.at(-1)).toEqual([2, 1]);
  fireEvent.keyDown(grid, { key: 'Enter' });
  expect(chosen.at(-1)).toEqual([2, 1]);
});

test('the cell at the keys is counted from 1, in its row and its column', () => {
  const { container } = render(h(HereCell, { id: 'here', at: [2, 4], children: 'text' }));
  const [row, cell] = [one('[role=row]', container), one('[role=gridcell]', container)];
  const counted = [row, cell].map((each) => [each.getAttribute('aria-rowindex'), each.getAttribute('aria-colindex')]);
  expect([counted, cell.id]).toEqual([
    [
      ['3', null],
      ['3', '5'],
    ],
    'here',
  ]);
});

test('controls and legend keep their largest room, until another network or frame', () => {
  frame.value = { width: 800, height: 500 };
  setBar({ width: 100, height: 30 }, 901);
  setBar({ width: 140, height: 20 }, 901);
  expect(space.value.bar).toEqual({ width: 140, height: 30 });
  setBar({ width: 90, height: 40 }, 901);
  expect(space.value.bar).toEqual({ width: 140, height: 40 });
  setBar({ width: 90, height: 20 }, 902);
  expect(space.value.bar).toEqual({ width: 90, height: 20 });
  frame.value = { width: 700, height: 500 };
  setBar({ width: 80, height: 20 }, 902);
  expect(space.value.bar).toEqual({ width: 80, height: 20 });
  setFoot({ width: 800, height: 40 });
  setFoot({ width: 800, height: 20 });
  expect(space.value.foot).toBe(40);
  setFoot({ width: 600, height: 30 });
  expect(space.value.foot).toBe(30);
});

test('the element held at the top is released when the user scrolls by wheel or finger', () => {
  const element = document.body.appendChild(document.createElement('div'));
  const page = { current: element };
  const Followed = ({ id }: { id: string }) => {
    useFollowed(page, id);
    return null;
  };
  const { rerender } = render(h(Followed, { id: 'one' }));
  for (const [place, event] of ['wheel', 'pointerdown'].entries()) {
    expect(element.style.overflowAnchor).toBe('none');
    fireEvent(element, new Event(event));
    expect(element.style.overflowAnchor, event).toBe('');
    rerender(h(Followed, { id: `another ${place}` }));
  }
});

// Last, because modules loaded after it belong to another page.
test('with reduced motion there is no animation', async () => {
  vi.resetModules();
  vi.spyOn(globalThis, 'matchMedia').mockReturnValue({ matches: true, addEventListener: () => {} } as never);
  const { attachZoom, closeTo, toggleClose, view } = await import('@/diagram/zoom');
  const end = attachZoom(document.body.appendChild(document.createElement('div')));
  const subject = { middle: { x: 100, y: 50 }, reach: { width: 60, height: 40 } };
  const room = { width: 800, height: 500 };
  toggleClose('any', subject, { home: { x: 0, y: 0, scale: 1 } } as never, room);
  expect(view.value).toEqual(closeTo(subject, room, 1));
  end();
});
