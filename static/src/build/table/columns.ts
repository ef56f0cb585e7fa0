/** Describes each column of a table and guesses its role, which the user can change. */

import { type Kind, kindOf, numberOf, type Style } from './numbers';
import type { Row } from './parse';

export const ROLES = ['input', 'target', 'class', 'unused'] as const;
export type Role = (typeof ROLES)[number];

export interface Place {
  row: number;
  text: string;
}

export interface Column {
  /** From the heading; otherwise, a name for its position. */
  name: string;
  /** The number of cells of each kind, and the first cell that is not a number. */
  counts: Record<Kind, number>;
  first: Partial<Record<Kind, Place>>;
  least: number;
  most: number;
  whole: boolean;
  /** Consecutive whole numbers, as in an index column. */
  counting: boolean;
  /** The distinct texts with their counts, in order; `null` if there are too many for classes. */
  classes: { name: string; count: number }[] | null;
  different: number;
}

/** A column with more distinct texts has no classes. */
export const MOST_CLASSES = 1_000;
const LONGEST_NAME = 200;
const SHOWN = 40;
export const clipped = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

/** Whether the first row names the columns: it has texts where the next rows have numbers. */
export function isHeading(rows: readonly Row[], style: Style): boolean {
  const [first, ...others] = rows.slice(0, 6).map(({ cells }) => cells.map((cell) => kindOf(cell, style)));
  if (!first) return false;
  if (others.length === 0) return first.every((kind) => kind === 'text');
  const words = (kinds: readonly Kind[]) => kinds.filter((kind) => kind === 'text').length;
  if (words(first) === 0) return false;
  if (!first.includes('number') && others.some((kinds) => kinds.includes('number'))) return true;
  return others.every((kinds) => words(first) > words(kinds));
}

/** The width of the table, without trailing cells that are empty in every row. */
export function widthOf(rows: readonly Row[]): number {
  let width = 0;
  for (const { cells } of rows) {
    for (let place = cells.length; place > width; place--) {
      if (cells[place - 1] !== '') width = place;
    }
  }
  return width;
}

export function columnsOf(rows: readonly Row[], heading: Row | null, width: number, style: Style): Column[] {
  const names = namesOf(heading, width);
  return names.map((name, place) => columnOf(rows, place, name, style));
}

function columnOf(rows: readonly Row[], place: number, name: string, style: Style): Column {
  const column: Column = {
    name,
    counts: { number: 0, missing: 0, date: 0, text: 0, huge: 0 },
    first: {},
    least: Number.POSITIVE_INFINITY,
    most: Number.NEGATIVE_INFINITY,
    whole: true,
    counting: rows.length > 1,
    classes: null,
    different: 0,
  };
  const texts = new Map<string, number>();
  let before: number | null = null;
  for (const { number, cells } of rows) {
    const text = cells[place] ?? '';
    const value = numberOf(text, style);
    const kind = value !== null && Number.isFinite(value) ? 'number' : kindOf(text, style);
    column.counts[kind]++;
    column.first[kind] ??= { row: number, text: clipped(text) };
    if (kind === 'number' && value !== null) {
      column.least = Math.min(column.least, value);
      column.most = Math.max(column.most, value);
      column.whole &&= Number.isInteger(value);
      column.counting &&= before === null || value === before + 1;
      before = value;
    } else {
      column.counting = false;
      column.whole = false;
    }
    if (kind !== 'missing' && texts.size <= MOST_CLASSES) texts.set(text, (texts.get(text) ?? 0) + 1);
  }
  column.different = texts.size;
  const names = [...texts.keys()];
  if (names.length > 0 && names.length <= MOST_CLASSES && names.every((text) => text.length <= LONGEST_NAME)) {
    column.classes = inOrder(names, style).map((text) => ({ name: text, count: texts.get(text) ?? 0 }));
  }
  return column;
}

/** Numbers in numerical order, texts in alphabetical order. */
function inOrder(texts: string[], style: Style): string[] {
  const values = new Map(texts.map((text) => [text, numberOf(text, style)]));
  if ([...values.values()].some((value) => value === null)) return texts.sort();
  return texts.sort((one, other) => (values.get(one) ?? 0) - (values.get(other) ?? 0));
}

/** Each column has a unique name; the second of two equal headings gets a number. */
function namesOf(heading: Row | null, width: number): string[] {
  const taken = new Set<string>();
  return Array.from({ length: width }, (_, place) => {
    const stem = clipped(heading?.cells[place] || `${place + 1}`);
    let name = stem;
    for (let number = 2; taken.has(name); number++) name = `${stem} (${number})`;
    taken.add(name);
    return name;
  });
}

/** Repeated headings, with their columns, counted from 1. */
export function equalHeadings(heading: Row | null): { name: string; columns: number[] }[] {
  const places = new Map<string, number[]>();
  for (const [place, name] of (heading?.cells ?? []).entries()) {
    if (name !== '') places.set(name, [...(places.get(name) ?? []), place + 1]);
  }
  return [...places]
    .filter(([, columns]) => columns.length > 1)
    .map(([name, columns]) => ({ name: clipped(name), columns }));
}

const ID = /^(?:(?:id|index|idx|no|nr|row|unnamed.*)|编号|序号)$/i;
const ID_END = /(?:[_ -]id|[a-z]I[dD])$/;
const TRUTH =
  /^(?:y|target|targets?|class|classes|label|labels|species|survived|outcome|output|diagnosis|variety|quality|klasse|ziel|标签|类别|目标)$/i;
const FEW = 20;

/** The most likely roles: Ids and texts are unused; a column of classes, or else the last one, is the target. */
export function guessed(columns: readonly Column[], classesWanted: boolean): Role[] {
  const roles = columns.map((column, place): Role => {
    const { counts, counting } = column;
    if (counts.number === 0) return 'unused';
    const named = ID.test(column.name) || ID_END.test(column.name) || (/^\d+$/.test(column.name) && place === 0);
    return counting && columns.length > 2 && named && !TRUTH.test(column.name) ? 'unused' : 'input';
  });
  const truth = truthOf(columns, roles);
  const column = columns[truth];
  if (column) roles[truth] = truthRole(column, classesWanted);
  return roles.map((role, place) => (role === 'input' && place !== truth && isText(columns[place]) ? 'unused' : role));
}

const isText = (column: Column | undefined): boolean =>
  column !== undefined && column.counts.text + column.counts.date > column.counts.number;

function truthOf(columns: readonly Column[], roles: readonly Role[]): number {
  const named = columns.findIndex(({ name }) => TRUTH.test(name));
  if (named >= 0) return named;
  const last = columns.findLastIndex(
    ({ counts }) => counts.missing < Object.values(counts).reduce((sum, one) => sum + one),
  );
  if (isFew(columns[last])) return last;
  // A file whose first column holds classes: few distinct whole numbers or texts, before columns of other numbers.
  const first = roles.findIndex((role, place) => role === 'input' || isFew(columns[place]));
  const [column] = columns.slice(first, first + 1);
  const repeated =
    column && isFew(column) && column.different < Object.values(column.counts).reduce((sum, one) => sum + one);
  return repeated && columns.length > 2 ? first : last;
}

/** Whether it has few distinct texts or whole numbers, as classes have. */
function isFew(column: Column | undefined): boolean {
  if (!column?.classes || column.classes.length < 2) return false;
  const { counts, different, whole } = column;
  const all = Object.values(counts).reduce((sum, one) => sum + one);
  return different <= FEW && (counts.text > counts.number || (whole && counts.number > 0 && different * 2 <= all));
}

function truthRole(column: Column, classesWanted: boolean): Role {
  if (isText(column)) return column.classes ? 'class' : 'unused';
  const counted = column.whole && column.least >= 0 && column.different <= FEW;
  if (!isFew(column)) return classesWanted && counted ? 'class' : 'target';
  return classesWanted || column.different > 2 ? 'class' : 'target';
}

/** How the columns are used. */
export interface Choice {
  roles: readonly Role[];
  /** Whether rows with a gap are skipped. */
  complete: boolean;
  /** The maximum number of rows. */
  most: number;
}
