/** Where an error is told: at the field it is about, or else at the smallest part of the page that holds it. */

import { inRows } from '../rows';

/** Numbers of the batch and of parameters. */
const NUMBER =
  '(?:data/rows/)?[xy]/\\d+(?:/\\d+)?|layers/\\d+/(?:w|b|gamma|beta|running_mean|running_variance)/\\d+(?:/\\d+)?';
/** Those, and the settings of layers, loss and optimizer. */
const FIELD = new RegExp(
  `^/(?:${NUMBER}|layers/\\d+/[a-z_]+/\\d+(?:/\\d+)?|seed|mode` +
    '|layers/\\d+/(?!name$|type$|initialiser$|passes$|frozen$|(?:w|b|gamma|beta|running_mean|running_variance)$)[a-z_]+' +
    '|(?:loss|optimizer)/(?!state$)[a-z_]+(?:/[01])?)$',
);
const PART = /^\/(?:layers\/\d+|x|y|loss|optimizer|data)/;

/** Whether it is a field, or a part of the panel that says what is wrong with it. */
export const isField = (where: string): boolean => anchor(where) !== '';

/** Whether it is a number that has a field also where it is seen: a refusal is said there too. */
export const isNumber = (where: string): boolean => new RegExp(`^/(?:${NUMBER})$`).test(where);

export function anchor(where: string): string {
  if (FIELD.test(where)) return where;
  // How large a sample is follows from the data, where it is typed.
  return where.startsWith('/input_shape') ? '/x' : (PART.exec(inRows(where))?.[0] ?? '');
}
