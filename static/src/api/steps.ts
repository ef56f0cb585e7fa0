/** The steps of a training step as the service tells them: sentences as data, and the terms of what is added up. */

import { askAbout, revive } from './client';
import type { components } from './schema';
import type { Expression, NetworkDocument, Nonfinite, Replace } from './types';

type Schemas = components['schemas'];

export interface Named {
  ref: string;
  symbol: string;
  value: number;
}

export type FormulaPart = string | { symbol: string; ref: string | null } | { value: number; ref?: string | null };

export interface Message {
  key: string;
  refs: Record<string, Named>;
  values: Record<string, MessageValue>;
}

export type MessageValue = number | string | { value: number } | { formula: FormulaPart[] } | Message | Message[];

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
