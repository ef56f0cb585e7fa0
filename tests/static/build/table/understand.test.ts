import { expect, test } from 'vitest';
import { parse } from '@/build/table/parse';
import { type Settings, take, understand } from '@/build/table/understand';
import { faultsOf } from '@/build/table/useTable';
import { flowers, passengers, wines } from './tables';

const WIDTH = 4096;
const read = (text: string, settings: Settings = {}, classes = false) => understand({ text }, settings, classes);
const all = { complete: false, most: 10_000 };

function faults(text: string, settings: Settings = {}) {
  const { understood } = read(text, settings);
  return faultsOf(understood, { ...all, roles: understood.roles }, WIDTH);
}

test('flowers: the Id is unused, and the species are classes with their counts', () => {
  const table = read(flowers());
  const { understood } = table;
  expect(understood.separator).toBe(',');
  expect(understood.heading).toBe(true);
  expect(understood.roles).toEqual(['unused', 'input', 'input', 'input', 'input', 'class']);
  expect(understood.columns[5]?.classes).toEqual([
    { name: 'Iris-setosa', count: 50 },
    { name: 'Iris-versicolor', count: 50 },
    { name: 'Iris-virginica', count: 50 },
  ]);
  expect(faultsOf(understood, { ...all, roles: understood.roles }, WIDTH)).toEqual([]);
  const { x, y } = take(table, { ...all, roles: understood.roles });
  expect([x.length, x[0]?.length]).toEqual([150, 4]);
  expect([y[0], y[50], y[149]]).toEqual([0, 1, 2]);
});

test('wines: classes in the first column are found, and counted from 0', () => {
  const table = read(wines());
  expect(table.understood.heading).toBe(false);
  expect(table.understood.roles[0]).toBe('class');
  expect(table.understood.roles.slice(1).every((role) => role === 'input')).toBe(true);
  const { y, classes } = take(table, { ...all, roles: table.understood.roles });
  expect(classes).toEqual(['1', '2', '3']);
  expect([y[0], y[60], y[177]]).toEqual([0, 1, 2]);
});

test('passengers: gaps and texts are reported by row and column, and rows with gaps can be skipped', () => {
  const table = read(passengers());
  const { understood } = table;
  expect(understood.roles).toEqual(['unused', 'target', 'input', 'unused', 'unused', 'input', 'input']);
  const roles = understood.roles.with(4, 'input');
  const [text, missing] = faultsOf(understood, { ...all, roles }, WIDTH);
  expect(text).toMatchObject({ kind: 'text', column: 5, name: 'Sex', count: 100, row: 2 });
  const gap =
    passengers()
      .split('\n')
      .findIndex((line) => /male,,/.test(line)) + 1;
  expect(missing).toMatchObject({ kind: 'missing', column: 6, name: 'Age', row: gap });
  const complete = { roles: understood.roles, complete: true, most: 10_000 };
  expect(faultsOf(understood, complete, WIDTH)).toEqual([]);
  const taken = take(table, complete);
  expect(taken.left).toBe(understood.columns[5]?.counts.missing);
  expect(taken.x.length).toBe(100 - taken.left);
  expect(taken.x.flat().every(Number.isFinite)).toBe(true);
});

test('a column that is empty in every row is ignored', () => {
  const table = read('a,b,c,\n1,2,0,\n3,4,1,\n5,6,2,\n', {}, true);
  expect(table.understood.columns.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  const taken = take(table, { ...all, roles: table.understood.roles });
  expect(taken.x).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  expect(taken.y).toEqual([0, 1, 2]);
});

const SHOP = 'rooms,price,sold\n3,"1,408",1\n4,"2,250",0\n2,"950",1\n';

test('the meaning of the comma in 1,408 is asked, and either answer is used', () => {
  const { understood } = read(SHOP);
  expect(understood.question).toMatchObject({ row: 2, column: 1, text: '1,408' });
  expect(understood.question?.choices.map(({ value }) => value)).toEqual([1408, 1.408]);
  expect(faults(SHOP)).toContainEqual({ kind: 'question' });
  const prices = (style: Settings['style']) => {
    const table = read(SHOP, { style });
    expect(table.understood.question).toBe(null);
    return take(table, { ...all, roles: ['input', 'input', 'target'] }).x.map((row) => row[1]);
  };
  expect(prices({ decimal: '.', thousands: ',' })).toEqual([1408, 2250, 950]);
  expect(prices({ decimal: ',', thousands: '' })).toEqual([1.408, 2.25, 950]);
});

test.each([
  ['a;b\n66.040.229;1\n2;0', 66040229],
  ['a,b\n"66,040,229",1\n2,0', 66040229],
  ['a;b\n1 408;1\n2;0', 1408],
  ["a;b\n1'408;1\n2;0", 1408],
  ['a;b\n1.408,5;1\n2;0', 1408.5],
  ['a,b\n"1,408.5",1\n2,0', 1408.5],
])('the thousands separator in %j is asked for', (text, value) => {
  expect(read(text).understood.question?.choices[0]?.value).toBe(value);
});

test.each([
  [
    'a;b;y\n1,5;2,25;0\n0,5;1,408;1\n',
    ';',
    [
      [1.5, 2.25],
      [0.5, 1.408],
    ],
  ],
  [
    'a\tb\ty\n1,5\t2\t0\n2,5\t3\t1',
    '\t',
    [
      [1.5, 2],
      [2.5, 3],
    ],
  ],
  [
    'a|b|y\n1.5|2|0\n2.5|3|1',
    '|',
    [
      [1.5, 2],
      [2.5, 3],
    ],
  ],
  [
    '1.5 2  0\n2.5   3 1',
    ' ',
    [
      [1.5, 2],
      [2.5, 3],
    ],
  ],
  [
    '"Temp; °C",b,y\n1.5,2,0\n2.5,3,1',
    ',',
    [
      [1.5, 2],
      [2.5, 3],
    ],
  ],
  [
    'sep=;\na;b;y\n1.5;2;0\n2.5;3;1',
    ';',
    [
      [1.5, 2],
      [2.5, 3],
    ],
  ],
  [
    '\uFEFFa,b,y\r\n1.5,2,0\r\n\r\n2.5,3,1\r\n',
    ',',
    [
      [1.5, 2],
      [2.5, 3],
    ],
  ],
  [
    '"name, first",b,y\n"1.5","2",0\n2.5,3,1',
    ',',
    [
      [1.5, 2],
      [2.5, 3],
    ],
  ],
  [
    '1e-3,.5,−2\n2E2,5.,3',
    ',',
    [
      [1e-3, 0.5],
      [200, 5],
    ],
  ],
])('%j is read', (text, separator, x) => {
  const table = read(text);
  expect(table.understood.separator).toBe(separator);
  expect(table.understood.question).toBe(null);
  expect(take(table, { ...all, roles: ['input', 'input', 'target'] }).x).toEqual(x);
});

test.each([
  ['a,b,y\n1,2,1\n3,,0', { kind: 'missing', column: 2, row: 3, name: 'b' }],
  ['sep=,\na,b,y\n\n1,2,1\n3,x,0', { kind: 'text', column: 2, row: 5, text: 'x' }],
  ['a,b,y\n1,2,1\n3,1e400,0', { kind: 'huge', column: 2, row: 3, text: '1e400' }],
  ['a,b,y\n1,2020-01-31,1\n3,4,0', { kind: 'date', column: 2, row: 2 }],
  ['a,b,y\n1,2,1\n3,4', { kind: 'ragged', row: 3, cells: 2, expected: 3 }],
  ['a,b,y\n1,2,1\n3,4,0,5', { kind: 'ragged', row: 3, cells: 4, expected: 3 }],
  ['a,b,y\n1,2,1\n3,"4,0\n5,6,1', { kind: 'unclosed', row: 3 }],
  ['a\n1\n2', { kind: 'oneColumn' }],
  ['a,b,y\n', { kind: 'noRows' }],
  ['', { kind: 'noRows' }],
])('%j is refused with its position', (text, fault) => {
  const { understood } = read(text, text.startsWith('a,b,y\n1,2020') ? {} : {});
  const roles = understood.columns.map((_, place): 'input' | 'target' => (place === 2 ? 'target' : 'input'));
  expect(faultsOf(understood, { ...all, roles }, WIDTH)).toContainEqual(expect.objectContaining(fault));
});

test('invalid roles are reported', () => {
  const { understood } = read(flowers());
  const named = (roles: Parameters<typeof faultsOf>[1]['roles']) =>
    faultsOf(understood, { ...all, roles }, WIDTH).map(({ kind }) => kind);
  expect(named(['unused', 'unused', 'unused', 'unused', 'unused', 'class'])).toEqual(['noInput']);
  expect(named(['unused', 'input', 'input', 'input', 'input', 'unused'])).toEqual(['noTarget']);
  expect(named(['unused', 'input', 'input', 'input', 'target', 'class'])).toEqual(['both']);
  expect(named(['class', 'input', 'input', 'input', 'input', 'class'])).toEqual(['severalClasses']);
  expect(faultsOf(understood, { ...all, roles: understood.roles }, 3)).toContainEqual({
    kind: 'wide',
    columns: 4,
    most: 3,
  });
});

test('repeated headings are reported, and their columns get unique names', () => {
  const { understood } = read('a,b,a\n1,2,3\n4,5,6');
  expect(understood.equal).toEqual([{ name: 'a', columns: [1, 3] }]);
  expect(understood.columns.map(({ name }) => name)).toEqual(['a', 'b', 'a (2)']);
});

test('with other settings the same text is read again', () => {
  const source = { text: 'a;b\n1;2\n3;4' };
  expect(understand(source, {}, false).understood.columns).toHaveLength(2);
  const commas = understand(source, { separator: ',' }, false).understood;
  expect(commas.columns).toHaveLength(1);
  expect(understand(source, { heading: false }, false).understood.rows).toBe(3);
});

test('of a table that is too long the first rows are used, and the others are counted', () => {
  const table = read(flowers());
  const taken = take(table, { roles: table.understood.roles, complete: false, most: 100 });
  expect([taken.x.length, taken.beyond]).toEqual([100, 50]);
});

test('200,000 rows, a cell of 5 MB and 10,000 columns are read, and a part of each is shown', () => {
  const long = read(`a,b,y\n${'1.5,2,0\n2.5,3,1\n'.repeat(100_000)}`);
  expect(long.understood.rows).toBe(200_000);
  expect(JSON.stringify(long.understood).length).toBeLessThan(5_000);
  const heavy = read(`a,b\n1,${'x'.repeat(5_000_000)}\n2,3`);
  expect(JSON.stringify(heavy.understood).length).toBeLessThan(5_000);
  expect(heavy.understood.columns[1]?.first.text?.row).toBe(2);
  const wide = read(Array.from({ length: 3 }, () => Array(10_000).fill('1').join(',')).join('\n'));
  expect(faultsOf(wide.understood, { ...all, roles: wide.understood.roles }, WIDTH)).toContainEqual({
    kind: 'wide',
    columns: 9_999,
    most: WIDTH,
  });
});

test('an unclosed quotation is reported with the row where it starts', () => {
  expect(parse('a,b\n1,2\n"3,4\n5,6\n').unclosed).toBe(3);
  expect(parse('a,b\n1,"2\n3"\n').unclosed).toBe(null);
});
