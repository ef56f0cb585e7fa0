/** The questions that the first picture does not need: steps, gradient checks, equations, gradient flow. */

import { revive } from '../model/json';
import { askAbout, call, fetched, responseAbout, Unreachable } from './client';
import type { components } from './schema';
import type { EquationAnswer, Expression, Message, Named, NetworkDocument, Nonfinite, Replace } from './types';

type Schemas = components['schemas'];

/** The steps of a training step: their messages, and the terms of their sums. */

export type StepTerm = Replace<
  Schemas['StepTermAnswer'],
  { of: Named; expression: Expression; value: number; running: number; around: Expression | null }
>;
export type Step = Replace<Schemas['StepAnswer'], { message: Message; term: StepTerm | null }>;

export interface Window {
  by: Schemas['StepsRequest']['by'];
  from: number;
  limit: number;
  sample: number;
}

export const postSteps = async (document: NetworkDocument, asked: Window, signal: AbortSignal): Promise<Step[]> => {
  const answer = await askAbout<{ steps: Step[]; nonfinite: Nonfinite[] }>(document, '/api/steps', asked, signal);
  return revive(answer).steps;
};

/** The numerical check: derivatives by both methods, for all numbers or one, and one of them for many steps ε. */

type Numbers = { left: number; right: number; numeric: number; relative_error: number };

/** One derivative by every method; the complex step is missing if a layer or the loss does not support it. */
export type CheckRow = Replace<Schemas['GradientRowAnswer'], Numbers & { analytic: number; bound: number }>;

/** `no_complex_step` is the reason why it is missing. */
export type GradientCheck = Replace<Schemas['GradientCheckAnswer'], { rows: CheckRow[]; worst: CheckRow | null }>;

export type CurvePoint = Replace<Schemas['CurvePointAnswer'], Numbers>;
export type ErrorCurve = Replace<Schemas['ErrorCurveAnswer'], { analytic: number; points: CurvePoint[] }>;

export type CheckWish = Pick<Schemas['GradientCheckRequest'], 'refs' | 'layer' | 'sample'> &
  Partial<Pick<Schemas['GradientCheckRequest'], 'objective'>>;

/** For every input and parameter, unless refs, a layer or a sample are given. */
export const postCheck = async (
  document: NetworkDocument,
  epsilon: number,
  signal: AbortSignal,
  wish: CheckWish = {},
): Promise<GradientCheck> =>
  revive(await askAbout<GradientCheck>(document, '/api/gradient-check', { epsilon, ...wish }, signal));

export const postCurve = async (
  document: NetworkDocument,
  ref: string,
  objective: boolean,
  signal: AbortSignal,
): Promise<ErrorCurve> =>
  revive(await askAbout<ErrorCurve>(document, '/api/gradient-check/curve', { ref, objective }, signal));

/** A training step as matrix equations: their tensors and operations. The numbers are in the trace. */

export type Operand = Schemas['OperandAnswer'];
export type Operation = Schemas['MatrixOperationAnswer'];
/** One side of an equation, or a part of it. */
export type EquationNode = Operand | Operation | Schemas['MatrixScalarAnswer'];

export const postEquations = (
  document: NetworkDocument,
  signal: AbortSignal,
): Promise<{ equations: EquationAnswer[] }> => askAbout(document, '/api/equations', {}, signal);

/** The flow of the gradient: its size at each layer, and the units that block it. */

/** `parameters` is null where the layer has none. */
export type LayerFlow = Replace<Schemas['LayerFlowAnswer'], { gradient: number }>;

/** `ratio` is null if there is nothing to compare. */
export type GradientFlow = Replace<Schemas['GradientFlowAnswer'], { rows: LayerFlow[] }>;

export const postFlow = async (document: NetworkDocument, signal: AbortSignal): Promise<GradientFlow> =>
  revive(await askAbout<GradientFlow>(document, '/api/gradient-flow', {}, signal));

/** Class codes. */

export type ClassState = Schemas['ClassAnswer'];

export const getClass = (): Promise<ClassState> => call('/api/class');

export const postClass = (code: string): Promise<ClassState> => call('/api/class', { code });

/** Deletes a stored network, whatever has changed in it. */
export const deleteStored = async (id: string): Promise<void> => {
  await fetched(`/api/networks/${encodeURIComponent(id)}`, { method: 'DELETE', headers: { 'If-Match': '*' } });
};

/** Files for other programs. */

export type ExportFormat = Schemas['FormatAnswer'];

export const getFormats = (): Promise<Schemas['FormatsAnswer']> => call('/api/export');

/** The file of a format, such as `figure/svg`. A connection that ends within it is a server that does not answer. */
export async function postExport(
  document: NetworkDocument,
  address: string,
  wish: object,
  signal?: AbortSignal,
): Promise<Blob> {
  const response = await responseAbout(document, `/api/export/${address}`, wish, signal);
  try {
    return await response.blob();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable();
  }
}
