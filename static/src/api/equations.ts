/** A training step as equations of matrices: which tensor stands where, and what is done to it. The numbers are the trace's. */

import { askAbout } from './client';
import type { components } from './schema';
import type { NetworkDocument } from './types';

type Schemas = components['schemas'];

export type EquationAnswer = Schemas['EquationAnswer'];
export type Operand = Schemas['OperandAnswer'];
export type Operation = Schemas['MatrixOperationAnswer'];
/** One side of an equation, or a part of it. */
export type EquationNode = Operand | Operation | Schemas['MatrixScalarAnswer'];

export const postEquations = (document: NetworkDocument, signal: AbortSignal): Promise<Schemas['EquationsAnswer']> =>
  askAbout(document, '/api/equations', {}, signal);
