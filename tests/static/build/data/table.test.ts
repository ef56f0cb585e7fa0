import { expect, test } from 'vitest';
import { parseTable } from '@/build/data/table';

test.each([
  [
    'what a spreadsheet copies',
    '1\t2,5\r\n3\t4\r\n',
    [
      ['1', '2,5'],
      ['3', '4'],
    ],
  ],
  [
    'a comma-separated file',
    'a,b\n1, 2\n\n3,4',
    [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  [
    'semicolons beside decimal commas',
    '0,5;0,7\n1;2',
    [
      ['0,5', '0,7'],
      ['1', '2'],
    ],
  ],
  [
    'quoted cells',
    '"a, b",1\n"say ""so""",2',
    [
      ['a, b', '1'],
      ['say "so"', '2'],
    ],
  ],
  ['a line break within quotes', '"a\nb",1', [['a\nb', '1']]],
  [
    'columns of spaces',
    '1  2\n 3 4 ',
    [
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  ['one cell with a decimal comma', ' −0,5\n', [['−0,5']]],
  ['nothing', ' \n\n', []],
])('%s is read as rows of cells', (_, text, table) => {
  expect(parseTable(text)).toEqual(table);
});
