/** JSON has no NaN and no infinity; the service writes null and names the places. This puts the true values back. */

import { setAt } from '../tree';
import type { Trace } from './types';

const KINDS = { nan: Number.NaN, '+inf': Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY };

export function revive(trace: Trace): Trace {
  return trace.nonfinite.reduce((tree, { path, kind }) => setAt(tree, path, KINDS[kind]), trace);
}
