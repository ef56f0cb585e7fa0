/** A table as the page understands it, shown to the user before it is used. Pure; it runs in a worker. */

import {
  type Choice,
  type Column,
  clipped,
  columnsOf,
  equalHeadings,
  guessed,
  isHeading,
  type Place,
  type Role,
  widthOf,
} from './columns';
import { evidence, kindOf, numberOf, type Question, type Separator, type Style, styleOf } from './numbers';
import { type Parsed, parse, type Row } from './parse';

/** The user's choices; what they omit is inferred from the text. */
export interface Settings {
  separator?: Separator | undefined;
  heading?: boolean | undefined;
  style?: Style | undefined;
}

export interface Understood {
  separator: Separator;
  heading: boolean;
  style: Style;
  /** A question that is not answered yet. */
  question: Question | null;
  rows: number;
  columns: Column[];
  roles: Role[];
  preview: Row[];
  /** A row with more or fewer cells than the other rows. */
  ragged: (Place & { cells: number; expected: number }) | null;
  unclosed: number | null;
  equal: { name: string; columns: number[] }[];
  /** The text was not in UTF-8. */
  latin?: boolean;
}

/** The part of a table that is shown. */
export const PREVIEW = { rows: 5, columns: 40 };

export interface Table {
  understood: Understood;
  rows: Row[];
}

const read = new WeakMap<object, Parsed>();

/** Parses a text; `source` identifies it, so that a change of settings does not parse it again. */
export function understand(source: { text: string }, settings: Settings, classesWanted: boolean): Table {
  const known = read.get(source);
  const parsed =
    known && (!settings.separator || settings.separator === known.separator)
      ? known
      : parse(source.text, settings.separator);
  read.set(source, parsed);
  const detected = styleOf(evidence(parsed.rows));
  const style = settings.style ?? detected.question?.choices[0]?.style ?? detected.style;
  const heading = settings.heading ?? isHeading(parsed.rows, style);
  const [first, ...others] = parsed.rows;
  const rows = heading ? others : parsed.rows;
  const head = heading ? (first ?? null) : null;
  const width = widthOf(parsed.rows);
  const columns = columnsOf(rows, head, width, style);
  return {
    rows,
    understood: {
      separator: parsed.separator,
      heading,
      style,
      question: settings.style ? null : detected.question,
      rows: rows.length,
      columns,
      roles: guessed(columns, classesWanted),
      preview: rows.slice(0, PREVIEW.rows).map(({ number, cells }) => ({
        number,
        cells: cells.slice(0, Math.min(width, PREVIEW.columns)).map(clipped),
      })),
      ragged: raggedIn(rows, head, width),
      unclosed: parsed.unclosed,
      equal: equalHeadings(head),
    },
  };
}

/** The first row with fewer cells than the others, or with text beyond them; trailing empty cells may be omitted. */
function raggedIn(rows: readonly Row[], head: Row | null, width: number): Understood['ragged'] {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const usual = head?.cells.length ?? [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [width, 0])[0];
  const expected = Math.min(usual, width);
  const odd = rows.find(({ cells }) => cells.length < expected || cells.slice(expected).some((cell) => cell !== ''));
  return odd ? { row: odd.number, text: clipped(odd.cells.join(' ')), cells: odd.cells.length, expected } : null;
}

export interface Taken {
  x: number[][];
  /** Empty where no column is a target. */
  y: number[][] | number[];
  classes: string[] | null;
  /** The names of all columns. */
  names: string[];
  /** The number of rows skipped because of gaps. */
  left: number;
  /** The number of rows after the last row used. */
  beyond: number;
}

/** The rows as numbers, without those that `faultsOf` reports. */
export function take({ rows, understood }: Table, { roles, complete, most }: Choice): Taken {
  const { style, columns } = understood;
  const places = (role: Role) => roles.flatMap((one, place) => (one === role ? [place] : []));
  const [inputs, targets, [label]] = [places('input'), places('target'), places('class')];
  const numbers = (cells: readonly string[], of: readonly number[]) =>
    of.map((place) => numberOf(cells[place] ?? '', style) ?? Number.NaN);
  const names = label === undefined ? null : (columns[label]?.classes ?? []).map(({ name }) => name);
  const order = new Map(names?.map((name, place) => [name, place]));
  const used = roles.flatMap((role, place) => (role === 'unused' ? [] : [place]));
  const gap = (cells: readonly string[]) => used.some((place) => kindOf(cells[place] ?? '', style) === 'missing');
  const taken: Taken = { x: [], y: [], classes: names, names: columns.map(({ name }) => name), left: 0, beyond: 0 };
  const y: (number | number[])[] = [];
  for (const { cells } of rows) {
    if (complete && gap(cells)) taken.left++;
    else if (taken.x.length === most) taken.beyond++;
    else {
      taken.x.push(numbers(cells, inputs));
      y.push(label === undefined ? numbers(cells, targets) : (order.get(cells[label] ?? '') ?? 0));
    }
  }
  return { ...taken, y: label === undefined && targets.length === 0 ? [] : (y as Taken['y']) };
}
