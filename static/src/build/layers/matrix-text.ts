/**
 * Reads matrices in many notations: rows on lines, `[[1, 2], [3, 4]]`, MATLAB's `[1 2; 3 4]`, the output of programs,
 * fractions, decimal commas. Where a comma is ambiguous, the expected shape decides.
 */

import type { Settings } from '../../model/layer-settings';
import { shapeOf, type Tensor } from '../../model/lookup';
import { parseNumber } from '../../numbers/format';
import { unprinted } from './printed';

export type Shape = readonly number[];

export type Reading =
  | { kind: 'fits'; value: Tensor; shape: Shape }
  /** It fits when transposed. */
  | { kind: 'turned'; value: Tensor; shape: Shape }
  | { kind: 'other'; value: Tensor; shape: Shape }
  | { kind: 'ragged' }
  | { kind: 'number'; text: string }
  | { kind: 'empty' };

/** Reads a text as a tensor of a shape. */
export function readMatrix(text: string, expected: Shape): Reading {
  const bare = unwrapped(unprinted(text));
  if (bare.trim() === '') return { kind: 'empty' };
  const readings = (decimalComma(bare) ? [true, false] : [false]).map((comma) => read(bare, comma, expected));
  return (
    readings.find(({ kind }) => kind === 'fits') ??
    readings.find(({ kind }) => kind === 'turned') ??
    (readings.at(-1) as Reading)
  );
}

function read(text: string, comma: boolean, expected: Shape): Reading {
  const parsed = nested(comma ? text.replace(/(\d),(?=\d)/g, '$1.') : text);
  if ('wrong' in parsed) return { kind: 'number', text: parsed.wrong };
  const value = parsed.value;
  if (!isEven(value)) return { kind: 'ragged' };
  const shape = shapeOf(value);
  if (shape.includes(0)) return { kind: 'empty' };
  const same = (one: Shape) => String(essential(one)) === String(essential(expected));
  if (same(shape)) return { kind: 'fits', value: reshaped(value, expected), shape };
  if (shape.length === 2 && expected.length === 2 && same(shape.toReversed())) {
    return { kind: 'turned', value: turned(value), shape };
  }
  return { kind: 'other', value, shape };
}

/** Transposed. */
export const turned = (value: Tensor): Tensor =>
  ((value as number[][])[0] ?? []).map((_, k) => (value as number[][]).map((row) => row[k] ?? 0));

/** Whether a matrix fits in both orientations and differs from its transpose. */
export function isEitherWay(value: Tensor, expected: Shape): boolean {
  const [rows = 0, columns = 0] = expected;
  return (
    expected.length === 2 && rows === columns && rows > 1 && JSON.stringify(value) !== JSON.stringify(turned(value))
  );
}

/** As rows on lines, which `readMatrix` can read again. */
export const written = (value: Tensor): string => {
  if (!Array.isArray(value)) return String(value);
  const deep = Array.isArray(value[0]) && Array.isArray((value[0] as Tensor[])[0]);
  if (deep) return JSON.stringify(value);
  const rows = (Array.isArray(value[0]) ? value : [value]) as number[][];
  return rows.map((row) => row.join('\t')).join('\n');
};

/** Removes a name before it, a call around it, and a type after it. */
function unwrapped(text: string): string {
  return text
    .trim()
    .replace(/^[A-Za-z_]\w*\s*=\s*/, '')
    .replace(
      /^[A-Za-z_][\w.]*\(\s*([\s\S]*?)\s*(?:,\s*(?:dtype|device|requires_grad|grad_fn)\b[\s\S]*)?\)?\s*;?$/,
      '$1',
    )
    .replace(/[−–]/g, '-')
    .replace(/\.\.\.\s*\n/g, ' ');
}

/** A comma between digits may be a decimal comma if no number has a point and something else separates the numbers. */
function decimalComma(text: string): boolean {
  return !text.includes('.') && /\d,\d/.test(text) && !/\d,\d+,\d/.test(text);
}

type Parsed = { value: Tensor } | { wrong: string };

const BRACKET = /[[({]/;

/** Nested brackets; without brackets, or within a single pair, lines are rows. */
function nested(text: string, depth = 0): Parsed {
  const inner = text.trim();
  // Within an inner bracket a new line is only a line wrap of the program that printed it.
  if (!BRACKET.test(inner)) return rows(depth > 1 ? inner.replaceAll('\n', ' ') : inner);
  const parts = childrenOf(inner);
  if (parts === null) return { wrong: inner.slice(0, 20) };
  const [only = ''] = parts;
  return parts.length > 1 || depth > 0 ? all(parts, depth) : nested(only.slice(1, -1), depth + 1);
}

function all(parts: readonly string[], depth: number): Parsed {
  const values: Tensor[] = [];
  for (const part of parts) {
    const parsed = nested(part.slice(1, -1), depth + 1);
    if ('wrong' in parsed) return parsed;
    values.push(parsed.value);
  }
  return { value: values };
}

/** The bracketed parts side by side; `null` where there is anything else between them. */
function childrenOf(text: string): string[] | null {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const [place, sign] of [...text].entries()) {
    if ('[({'.includes(sign)) {
      if (depth === 0) start = place;
      depth++;
    } else if ('])}'.includes(sign)) {
      depth--;
      if (depth < 0) return null;
      if (depth === 0) parts.push(text.slice(start, place + 1));
    } else if (depth === 0 && !/[\s,;]/.test(sign)) return null;
  }
  return depth === 0 ? parts : null;
}

/** Rows separated by semicolons or lines. One row is a vector. */
function rows(text: string): Parsed {
  const lines = text
    .split(/[;\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const values: number[][] = [];
  for (const line of lines) {
    const row: number[] = [];
    for (const cell of line.split(/\s*,\s*|(?<!\/)\s+(?!\/)/).filter((part) => part !== '')) {
      const value = parseNumber(cell);
      if (value === null) return { wrong: cell };
      row.push(value);
    }
    values.push(row);
  }
  return { value: values.length === 1 ? (values[0] ?? []) : values };
}

function isEven(value: Tensor): boolean {
  if (!Array.isArray(value)) return true;
  const shapes = (value as Tensor[]).map((part) => String(shapeOf(part)));
  return new Set(shapes).size <= 1 && (value as Tensor[]).every(isEven);
}

/** A row, a column and a vector of the same numbers are equivalent in input. */
const essential = (shape: Shape): Shape => shape.filter((size) => size !== 1);

function reshaped(value: Tensor, shape: Shape): Tensor {
  const numbers = flat(value)[Symbol.iterator]();
  const build = ([size = 0, ...rest]: Shape): Tensor =>
    Array.from({ length: size }, () => (rest.length ? build(rest) : (numbers.next().value as number)));
  return build(shape);
}

function flat(value: Tensor): number[] {
  return Array.isArray(value) ? (value as Tensor[]).flatMap(flat) : [value as number];
}

/** Numbers pasted into a matrix, starting at one of its fields; a row after all rows of weights contains the biases. */

/** Text printed by a program, with brackets or words, may be transposed, so the user has to look at it first. */
const PLAIN = /^[\d\s.,;+\-−–/eE]*$/;

/** Parameters with all their numbers. */
export type Parts = Readonly<Record<string, number[] | number[][]>>;

/** The parameters that change; `null` if the text does not fit as it is. */
export function pasted(layer: Settings, part: string, [row, column]: [number, number], text: string): Parts | null {
  if (!PLAIN.test(text)) return null;
  const given = layer[part] as Tensor[];
  const isVector = !Array.isArray(given[0]);
  const rows = (isVector ? [given] : given) as number[][];
  const bias = part === 'w' && Array.isArray(layer.b) ? [layer.b as number[]] : [];
  const all = [...rows, ...bias].map((one) => [...one]);
  const numbers = numbersIn(
    text,
    isVector ? [1] : [rows.length - row, all.length - row],
    (rows[0]?.length ?? 0) - column,
  );
  if (!numbers) return null;
  for (const [down, line] of numbers.entries()) {
    for (const [right, number] of line.entries()) {
      const target = all[row + down];
      if (target?.[column + right] === undefined) return null;
      target[column + right] = number;
    }
  }
  const own = all.slice(0, rows.length);
  const changed: Parts = { [part]: isVector ? (own[0] ?? []) : own };
  return row + numbers.length > rows.length ? { ...changed, b: all.at(-1) ?? [] } : changed;
}

/** Where a comma is ambiguous, returns the reading with the expected number of rows. */
function numbersIn(text: string, heights: readonly number[], width: number): number[][] | null {
  const readings = heights.map((height) => readMatrix(text, [height, width]));
  const found = readings.find(({ kind }) => kind === 'fits') ?? readings[0];
  if (found?.kind !== 'fits' && found?.kind !== 'other') return null;
  const value = found.value as Tensor[];
  const [height = 1] = found.shape.length > 1 ? found.shape : [];
  // A row matches a column only if a vector is expected.
  if (found.kind === 'fits' && heights.length > 1 && !heights.includes(height)) return null;
  return (Array.isArray(value[0]) ? value : [value]) as number[][];
}
