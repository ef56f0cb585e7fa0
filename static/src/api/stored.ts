/** Networks that the service keeps. */

import { call } from './client';
import type { components } from './schema';
import type { NetworkDocument } from './types';

type Stored = components['schemas']['NetworkAnswer'];

export const getStored = (id: string): Promise<Stored> => call(`/api/networks/${encodeURIComponent(id)}`);

export const postStored = (document: NetworkDocument): Promise<Stored> => call('/api/networks', document);
