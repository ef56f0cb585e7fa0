/** The numerical check: derivatives both ways, all of them or one, and one of them for many steps ε. */

import { askAbout, revive } from './client';
import type { components } from './schema';
import type { NetworkDocument, Replace } from './types';

type Schemas = components['schemas'];
type Numbers = { left: number; right: number; numeric: number; relative_error: number };

/** One derivative by all its witnesses; the complex step is there where all layers and the loss allow it. */
export type CheckRow = Replace<Schemas['GradientRowAnswer'], Numbers & { analytic: number; bound: number }>;
export type Verdict = CheckRow['verdict'];
/** How many rows were decided by what. */
export type Decided = Schemas['DecidedCounts'];

/** `no_complex_step` says why there is none. */
export type GradientCheck = Replace<Schemas['GradientCheckAnswer'], { rows: CheckRow[]; worst: CheckRow | null }>;

export type CurvePoint = Replace<Schemas['CurvePointAnswer'], Numbers>;
export type ErrorCurve = Replace<Schemas['ErrorCurveAnswer'], { analytic: number; points: CurvePoint[] }>;

export type CheckWish = Pick<Schemas['GradientCheckRequest'], 'refs' | 'layer' | 'sample'>;

/** Of every input and parameter, unless the wish is for refs, a layer or a sample. */
export const postCheck = async (
  document: NetworkDocument,
  epsilon: number,
  signal: AbortSignal,
  wish: CheckWish = {},
): Promise<GradientCheck> =>
  revive(await askAbout<GradientCheck>(document, '/api/gradient-check', { epsilon, ...wish }, signal));

export const postCurve = async (document: NetworkDocument, ref: string, signal: AbortSignal): Promise<ErrorCurve> =>
  revive(await askAbout<ErrorCurve>(document, '/api/gradient-check/curve', { ref }, signal));
