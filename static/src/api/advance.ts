/** Several training steps at once. */

import { askAbout } from './client';
import type { components } from './schema';
import type { NetworkDocument } from './types';

export type Advanced = components['schemas']['AdvanceAnswer'];

export const postAdvance = (
  document: NetworkDocument,
  asked: { steps: number; every?: number },
  signal: AbortSignal,
): Promise<Advanced> => askAbout(document, '/api/advance', asked, signal);
