/** The flow of the gradient: how much of it reaches each layer, and which units let nothing of it through. */

import { askAbout, revive } from './client';
import type { components } from './schema';
import type { NetworkDocument, Replace } from './types';

type Schemas = components['schemas'];

/** `parameters` is null where the layer has none. */
export type LayerFlow = Replace<Schemas['LayerFlowAnswer'], { gradient: number }>;

/** `ratio` is null where there is nothing to compare. */
export type GradientFlow = Replace<Schemas['GradientFlowAnswer'], { rows: LayerFlow[] }>;

export const postFlow = async (document: NetworkDocument, signal: AbortSignal): Promise<GradientFlow> =>
  revive(await askAbout<GradientFlow>(document, '/api/gradient-flow', {}, signal));
