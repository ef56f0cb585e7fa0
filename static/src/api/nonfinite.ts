/** JSON has no NaN and no infinity; the service writes null and names the places. This puts the true values back. */

import { setAt } from '../tree';
import type { Nonfinite } from './types';

const KINDS = { nan: Number.NaN, '+inf': Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY };

export function revive<Answer extends { nonfinite: Nonfinite[] }>(answer: Answer): Answer {
  return answer.nonfinite.reduce((tree, { path, kind }) => setAt(tree, path, KINDS[kind]), answer);
}
