/** Positions and times of drawing: shares, lines at the pointer, marks of a curve, animations, the pace of playing. */

import { fireEvent } from '@testing-library/preact';
import { expect, test, vi } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import { quantityRef } from '@/diagram/edgeStyle';
import { focusColumn } from '@/diagram/pointing';
import { placed, quantity } from '@/diagram/view';
import { zoomBy, view as zoomed } from '@/diagram/zoom';
import * as attention from '@/state/attention';
import { toStep } from '@/state/moves';
import { replace } from '@/state/network';
import * as store from '@/state/store';
import { runningSum } from '@/state/telling';
import { closeRuns, goToTrainingStep, openRuns } from '@/state/training';
import { shownUnits, turnTo } from '@/state/visibleGraph';
import { withBoxes } from './boxes';
import { open, part, press, settled, soon, withPage } from './page';

withPage();
const boxes = withBoxes();

const one = <Found extends Element = HTMLElement>(selector: string, within: ParentNode = document) =>
  within.querySelector<Found>(selector) as Found;
const at = (element: Element, name: string) => Number(element.getAttribute(name));

/** A network with these numbers of inputs and of units in each layer. */
async function openWide(inputs: number, ...widths: number[]): Promise<void> {
  const document = await open('chapter');
  const layers = widths.map((output_dim, place) => ({ type: 'Linear', name: `fc_${place + 1}`, output_dim }));
  const x = [Array.from({ length: inputs }, (_, place) => place / inputs)];
  const y = [Array(widths.at(-1)).fill(0.5)];
  await replace({ ...document, input_shape: [inputs], layers, x, y } as NetworkDocument);
  await settled();
}

test('an arc around a unit shows the finished fraction of its sum', async () => {
  await open('two-layers');
  press('4');
  const shares = new Set<string>();
  for (let step = 0; step < 6; step++) {
    press('ArrowRight');
    await soon(() => expect(runningSum.value).not.toBeNull());
    const { done, terms } = runningSum.value ?? { done: 0, terms: 1 };
    const ring = one<SVGCircleElement>('.diagram circle.progress');
    if (ring) shares.add(`${done}/${terms} ${ring.getAttribute('stroke-dasharray')}`);
  }
  expect(shares.size).toBeGreaterThan(1);
  for (const share of shares) {
    const [, done, terms, drawn] = /^(\d+)\/(\d+) (\S+) 1$/.exec(share) ?? [];
    expect(Number(drawn)).toBeCloseTo(Number(done) / Number(terms), 12);
  }
});

test('a probability is a bar across its fraction of the plate', async () => {
  const { layers, ...rest } = await open('two-layers');
  await replace({ ...rest, layers: [...layers, { type: 'Softmax', name: 'softmax_1' }] } as NetworkDocument);
  await settled();
  press('End');
  await soon(() => expect(document.querySelectorAll('.function rect.share').length).toBeGreaterThan(1));
  let all = 0;
  for (const bar of document.querySelectorAll<SVGElement>('.function rect.share')) {
    const plate = one('rect.plate-of', bar.parentElement as Element);
    const share = at(bar, 'width') / (at(plate, 'width') - 6);
    expect(share).toBeCloseTo(Number(bar.dataset.value), 12);
    expect(at(bar, 'x')).toBe(at(plate, 'x') + 3);
    all += share;
  }
  expect(all).toBeCloseTo(1, 12);
});

test('in wide columns gaps are drawn in place of hidden units, and scrolling one column keeps the others', async () => {
  await openWide(2, 40, 40);
  const gaps = () => [...document.querySelectorAll('.diagram .gap')];
  await soon(() => expect(gaps().length).toBeGreaterThan(1));
  const places = placed.value.gaps;
  expect(gaps().map((gap) => gap.getAttribute('transform'))).toEqual(places.map(({ x, y }) => `translate(${x} ${y})`));
  for (const { x, y, column } of places) {
    const beside = placed.value.nodes.filter(({ node }) => node.layer === column);
    expect(beside.every((unit) => Math.abs(unit.x - x) < 1)).toBe(true);
    expect(beside.some((unit) => unit.y < y)).toBe(true);
  }
  const before = shownUnits.value;
  const [wide, other] = [1, 2].map((column) => placed.value.gaps.find((gap) => gap.column === column));
  if (!wide || !other) throw new Error('Both columns are wide.');
  turnTo(1, wide.gap);
  await soon(() => expect(shownUnits.value[1]).not.toEqual(before[1]));
  expect(shownUnits.value[2]).toEqual(before[2]);
  const turned = shownUnits.value[1];
  turnTo(2, other.gap);
  expect(shownUnits.value[2]).not.toEqual(before[2]);
  expect(shownUnits.value[1]).toEqual(turned);
});

test('of lines in a single drawing the one at the pointer is selected, also when zoomed and moved', async () => {
  await openWide(12, 12);
  const picture = one('.picture');
  boxes({ '.picture': { left: 30, top: 40, width: 900, height: 600 } });
  zoomBy(1.6);
  const { x, y, scale } = zoomed.value;
  expect(scale).not.toBe(1);
  await soon(() =>
    expect(one('.plane svg > g').getAttribute('transform')).toBe(`translate(${x} ${y}) scale(${scale})`),
  );
  const lines = placed.value.edges;
  for (const line of [lines[3], lines.at(-2)]) {
    const { from, to, edge } = line ?? (lines[0] as (typeof lines)[number]);
    // Near its start, away from other lines.
    const on = { x: from.x + (to.x - from.x) * 0.04, y: from.y + (to.y - from.y) * 0.04 };
    const place = { clientX: 30 + x + on.x * scale, clientY: 40 + y + on.y * scale };
    const own = lines.filter(({ from: begin }) => begin.y === from.y).map(({ edge: { id } }) => id);
    fireEvent(picture, Object.assign(new Event('pointermove', { bubbles: true }), place, { buttons: 0 }));
    expect(own).toContain(attention.hoverPart.value);
    fireEvent.click(picture, place);
    const selected = lines.find((each) => quantityRef(each.edge, quantity.value) === attention.selection.value);
    expect(selected?.edge.id).toBe(attention.hoverPart.value);
    expect(edge.id).toBeTruthy();
  }
  fireEvent(
    picture,
    Object.assign(new Event('pointermove', { bubbles: true }), { clientX: 1e5, clientY: 0, buttons: 0 }),
  );
  expect(attention.hoverPart.value).toBeNull();
});

test('the column nearest to the pointer is selected', async () => {
  await open('two-layers');
  const picture = one('.picture');
  boxes({ '.picture': { left: 10, top: 0, width: 900, height: 600 } });
  const { x, scale } = zoomed.value;
  const { nodes, gap } = placed.value;
  const columns = new Map(nodes.map((each) => [each.node.layer, each.x]));
  expect(columns.size).toBeGreaterThan(2);
  for (const [column, middle] of columns) {
    for (const aside of [-0.45, 0, 0.45]) {
      const clientX = 10 + x + (middle + aside * gap) * scale;
      fireEvent(
        picture,
        Object.assign(new Event('pointermove', { bubbles: true }), { clientX, clientY: 5, buttons: 0 }),
      );
      expect(focusColumn.value, `${aside} beside column ${column}`).toBe(column);
    }
  }
});

test('the field in place of a number stays within the frame', async () => {
  await open('chapter');
  const box = { left: 100, top: 50, width: 600, height: 400 };
  for (const [left, expected] of [
    [90, 56],
    [380, 290],
    [690, 544],
  ] as const) {
    boxes({
      '.canvas, .picture': box,
      '[data-ref="x[0,0]"], [data-part]': { left, top: 200, width: 20, height: 20 },
    });
    const unit = part('x[0,0]');
    fireEvent.keyDown(unit, { key: 'Enter' });
    fireEvent.keyDown(unit, { key: 'Enter' });
    await soon(() => expect(one('.field-here')).toBeTruthy());
    await soon(() => expect(one('.field-here').style.left).toBe(`${expected}px`));
    expect(one('.field-here').style.top).toBe('160px');
    fireEvent.keyDown(one('.field-here input'), { key: 'Escape' });
    await soon(() => expect(one('.field-here')).toBeNull());
    press('Escape');
  }
});

test('a press on the slider finds its phase, at any width', async () => {
  await open('two-layers');
  const names = ['forward', 'loss', 'backward', 'update'];
  const phases = [...document.querySelectorAll('.scrubber .phase')];
  expect(phases).toHaveLength(4);
  boxes({ '.scrubber .phase': (of) => ({ left: 100 * phases.indexOf(of), width: 100, height: 20 }) });
  const slider = one('.scrubber');
  const steps = new Map<string, number>();
  for (const [place, name] of names.entries()) {
    const event = new Event('pointerdown', { bubbles: true, cancelable: true });
    fireEvent(slider, Object.assign(event, { button: 0, pointerId: 1, clientX: 100 * place + 99 }));
    expect(store.phase.value).toBe(name);
    steps.set(name, store.cursor.value);
  }
  expect([...steps.values()].toSorted((a, b) => a - b)).toEqual([...steps.values()]);
  toStep(0);
});

test('the loss under the pointer, and the loss of the displayed training step, are at their positions', async () => {
  await open('chapter');
  boxes({ '.loss-drawing': { width: 500, height: 160 } });
  openRuns(false);
  await soon(() => expect(one('.loss-drawing')).toBeTruthy());
  await goToTrainingStep(41);
  boxes({ '.loss-drawing': { width: 500, height: 160 } });
  await soon(() => expect(one('.loss-shown')).toBeTruthy());
  const drawing = one('.loss-drawing');
  const spot = (name: string) => ['cx', 'cy'].map((axis) => at(one(`.loss-${name}`), axis));
  expect(one('.loss-at')).toBeNull();
  const now = () => Number(drawing.getAttribute('aria-valuenow'));
  const keys: [string, number, boolean?][] = [
    ['ArrowLeft', 40],
    ['ArrowDown', 39],
    ['PageDown', 37],
    ['PageUp', 39],
    ['ArrowLeft', 37, true],
    ['Home', 1],
    ['ArrowUp', 2],
  ];
  for (const [key, step, shiftKey = false] of keys) {
    fireEvent.keyDown(drawing, { key, shiftKey });
    await soon(() => expect(now(), key).toBe(step));
  }
  const [[left = 0, high = 0], [right = 0, low = 0]] = [spot('at'), spot('shown')];
  expect(left).toBeLessThan(right);
  // The loss has decreased, and its mark is lower.
  expect(high).toBeLessThan(low);
  fireEvent.keyDown(drawing, { key: 'Enter' });
  await soon(() => expect(store.trainingStep.value).toBe(2));
  fireEvent.click(document.querySelector('.loss-figure header .link') as HTMLElement);
  await soon(() => expect(document.querySelectorAll('.loss-rows tr[aria-current=step]')).toHaveLength(1));
  expect(one('.loss-rows tr[aria-current=step] th').textContent).toBe('2');
  closeRuns();
});

test('zooming is an animation that starts fast and ends slowly, or is instant with reduced motion', async () => {
  await open('two-layers');
  zoomBy(1);
  press('0');
  fireEvent.click(part('fc_2.output[0,0]'));
  const from = zoomed.value.scale;
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'performance', 'setTimeout'] });
  press('z');
  const scales: number[] = [];
  for (let n = 0; n < 16; n++) {
    vi.advanceTimersByTime(16);
    scales.push(zoomed.value.scale);
  }
  vi.useRealTimers();
  const to = scales.at(-1) ?? 0;
  expect(to).toBeGreaterThan(1.3 * from);
  expect(scales.toSorted((a, b) => a - b)).toEqual(scales);
  expect(scales.findIndex((scale) => scale > (from + to) / 2)).toBeLessThan(5);
  expect(scales.indexOf(to)).toBeGreaterThan(8);
  press('0');
});

test('playing takes a step at its pace, at a new pace after a change, and none after its end', async () => {
  await open('two-layers');
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const began = vi.spyOn(globalThis, 'setInterval');
  const over = vi.spyOn(globalThis, 'clearInterval');
  try {
    const drawn = async (done: () => boolean) => {
      for (let n = 0; n < 500 && !done(); n++) await new Promise((then) => setTimeout(then, 10));
    };
    const takes = async (pause: number) => {
      await drawn(() => began.mock.lastCall?.[1] === pause);
      const before = store.cursor.value;
      vi.advanceTimersByTime(pause - 1);
      expect(store.cursor.value).toBe(before);
      vi.advanceTimersByTime(1);
      expect(store.cursor.value).toBeGreaterThan(before);
    };
    press(' ');
    await takes(1200);
    store.speed.value = 'fast';
    await takes(450);
    store.speed.value = 'slow';
    await takes(2400);
    over.mockClear();
    press(' ');
    await drawn(() => over.mock.calls.length > 0);
    const { value } = store.cursor;
    vi.advanceTimersByTime(20_000);
    expect(store.cursor.value).toBe(value);
  } finally {
    vi.useRealTimers();
    store.speed.value = 'normal';
    store.playing.value = false;
  }
});
