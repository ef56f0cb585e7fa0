/** The check of a single derivative, for the number that the inspector shows. */

import { call } from './client';
import { revive } from './nonfinite';
import type { NetworkDocument, Nonfinite } from './types';

export interface CheckedRow {
  ref: string;
  analytic: number;
  /** The losses with the number moved down, and moved up, by ε. */
  left: number;
  right: number;
  numeric: number;
  relative_error: number;
  ok: boolean;
}

interface Answer {
  epsilon: number;
  rows: CheckedRow[];
  nonfinite: Nonfinite[];
}

export const postCheckOf = async (
  document: NetworkDocument,
  ref: string,
  epsilon: number,
  signal: AbortSignal,
): Promise<Answer> => revive(await call<Answer>('/api/gradient-check', { document, refs: [ref], epsilon }, signal));
