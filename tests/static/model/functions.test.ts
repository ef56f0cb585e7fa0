import { expect, test } from 'vitest';
import { columnsOf } from '@/model/columns';
import { finish, stageEnd } from '@/model/cursor';
import { drawnCurve, factorOf, functionsOf, PLATE, placesOf, stuckOf } from '@/model/functions';
import { recorded } from '../recorded';

test('the units of a layer have its activation functions, and inputs have none', () => {
  for (const [slug, types] of [
    ['chapter', [[], []]],
    ['two-layers', [[], ['ReLu'], []]],
    ['xor', [[], ['Tanh'], ['Sigmoid']]],
  ] as const) {
    const found = functionsOf(columnsOf(recorded(slug).trace));
    expect(found.map((all) => all.map(({ layer }) => layer.type))).toEqual(types);
  }
});

test('a curve is drawn in its frame through the numbers of the service, with zeros on the axes', () => {
  const [, [tanh]] = functionsOf(columnsOf(recorded('xor').trace)) as [unknown, ReturnType<typeof functionsOf>[number]];
  if (!tanh?.curve) throw new Error('no curve');
  const { curve, at } = drawnCurve(tanh.curve);
  const points = curve
    .slice(1)
    .split('L')
    .map((point) => point.split(' ').map(Number) as [number, number]);
  expect(points).toHaveLength(tanh.curve.values.length);
  for (const [x, y] of points) {
    expect(Math.abs(x)).toBeLessThan(PLATE.width / 2);
    expect(Math.abs(y)).toBeLessThan(PLATE.height / 2);
  }
  // Tanh increases everywhere, and is odd.
  for (const [place, [x, y]] of points.entries()) {
    const [otherX, otherY] = points.at(-1 - place) as [number, number];
    expect(otherX).toBeCloseTo(-x, 2);
    expect(otherY).toBeCloseTo(-y, 2);
    if (place > 0) expect(y).toBeLessThan((points[place - 1] as [number, number])[1]);
  }
  expect(at(0)).toEqual({ x: 0, y: expect.closeTo(0, 9) });
  expect(at(99)).toEqual(at(3));
  expect(at(-99)).toEqual(at(-3));
});

test('a constant curve causes no division by 0', () => {
  const { curve } = drawnCurve({ least: -3, most: 3, values: [0, 0, 0], dead: null, saturated: null });
  expect(curve).not.toContain('NaN');
});

test('a unit is known to be dead when all samples are computed, and not before', () => {
  const { trace } = recorded('dead-relu');
  const [, functions = []] = functionsOf(columnsOf(trace));
  const stage = trace.stages.find(({ layer, computes }) => layer === 'relu_1' && computes === 'output');
  if (!stage) throw new Error('no stage');
  const at = (unit: number, cursor: number) => stuckOf(functions, unit, trace.stages, cursor);
  expect(at(1, 0)).toBe(null);
  expect(at(1, stageEnd(stage) - 1)).toBe(null);
  expect(at(1, stageEnd(stage))).toEqual({ kind: 'dead', layer: 'relu_1' });
  expect(at(0, finish(trace.stages))).toBe(null);
});

test('a unit of dropout has its drawn factor, others have none', () => {
  const layer = { name: 'dropout_1', type: 'Dropout', activation: null };
  const dropped = { layers: [layer], tensors: { 'dropout_1.mask': [[2, 0]] } } as never;
  const [[dropout]] = functionsOf([{ count: 2, layers: [layer as never], edges: 2 }]) as [[never]];
  expect(factorOf(dropped, dropout, 0, 1)).toEqual({ ref: 'dropout_1.mask[0,1]', value: 0 });
  const [, [tanh]] = functionsOf(columnsOf(recorded('xor').trace)) as [never, [never]];
  expect(factorOf(recorded('xor').trace, tanh, 0, 0)).toBeNull();
});

test('frames of any width are side by side, centred', () => {
  expect(placesOf([34])).toEqual([0]);
  expect(placesOf([34, 34])).toEqual([-18, 18]);
  const [one = 0, other = 0] = placesOf([20, 50]);
  expect(other - one).toBe(20 / 2 + 2 + 50 / 2);
});
