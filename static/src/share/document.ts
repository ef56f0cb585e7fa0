/** Is this a network document at all? Whether it is a good one only the service can say. */

import type { NetworkDocument } from '../api/types';
import { faults } from '../texts/faults';
import { Unreadable } from './unreadable';

const words = faults;

export const FORMAT = 'tinyml-network/1';

export function documentIn(tree: unknown): NetworkDocument {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) throw new Unreadable(words.noDocument);
  const { format = FORMAT, layers, x, y, data } = tree as Record<string, unknown>;
  if (format !== FORMAT) {
    throw new Unreadable(typeof format === 'string' ? words.otherFormat(clipped(format), FORMAT) : words.noDocument);
  }
  // What the page itself looks at before the service has answered.
  const rows = (typeof data === 'object' && data !== null && 'rows' in data ? data.rows : { x, y }) as Record<
    string,
    unknown
  >;
  if (!Array.isArray(layers) || !Array.isArray(rows?.x) || !Array.isArray(rows?.y))
    throw new Unreadable(words.noDocument);
  return tree as unknown as NetworkDocument;
}

const MOST_TOLD = 40;
const clipped = (text: string): string => (text.length > MOST_TOLD ? `${text.slice(0, MOST_TOLD)}…` : text);
