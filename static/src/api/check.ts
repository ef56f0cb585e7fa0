/** The two calls of the Check view: every derivative both ways, and one of them for many steps ε. */

import { call } from './client';
import { revive } from './nonfinite';
import type { NetworkDocument, Nonfinite } from './types';

/** One derivative both ways. */
export interface CheckRow {
  ref: string;
  analytic: number;
  left: number;
  right: number;
  numeric: number;
  relative_error: number;
  ok: boolean;
  /** The third witness, where the layers allow it. */
  complex_step: number | null;
}

export interface GradientCheck {
  epsilon: number;
  tolerance: number;
  rows: CheckRow[];
  worst: CheckRow | null;
  failed: number;
  nonfinite: Nonfinite[];
}

export interface CurvePoint {
  epsilon: number;
  left: number;
  right: number;
  numeric: number;
  relative_error: number;
}

export interface ErrorCurve {
  ref: string;
  analytic: number;
  complex_step: number | null;
  points: CurvePoint[];
  nonfinite: Nonfinite[];
}

export const postCheck = async (
  document: NetworkDocument,
  epsilon: number,
  signal: AbortSignal,
): Promise<GradientCheck> => revive(await call<GradientCheck>('/api/gradient-check', { document, epsilon }, signal));

export const postCurve = async (document: NetworkDocument, ref: string, signal: AbortSignal): Promise<ErrorCurve> =>
  revive(await call<ErrorCurve>('/api/gradient-check/curve', { document, ref }, signal));
