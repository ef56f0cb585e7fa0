/** Several training steps at once. */

import { documentBody } from './body';
import { callWith } from './client';
import type { components } from './schema';
import type { NetworkDocument } from './types';

export type Advanced = components['schemas']['AdvanceAnswer'];

export const postAdvance = (
  document: NetworkDocument,
  asked: { steps: number; every?: number },
  signal: AbortSignal,
): Promise<Advanced> => callWith('/api/advance', documentBody(document, asked), signal);
