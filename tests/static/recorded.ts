/** The service's answers as recorded by record.py. */

import { readFileSync } from 'node:fs';
import { arrived } from '@/api/arrived';
import type { EquationAnswer, Explanation, Trace } from '@/api/types';
import type { VisibleGraph } from '@/model/picture';

export const SLUGS = [
  'chapter',
  'two-layers',
  'xor',
  'batch-of-three',
  'softmax-classifier',
  'vanishing',
  'dead-relu',
] as const;

/** Those that work on images. */
export const IMAGE_SLUGS = ['convolution', 'digits-cnn'] as const;
/** One that works on sequences. */
export const SEQUENCE_SLUG = 'sequence';
/** Networks of layers that no example has; of these the trace alone is recorded. */
export const LAYER_SLUGS = ['pools', 'normalized-images', 'normalized-rows'] as const;
type Slug = (typeof SLUGS | typeof IMAGE_SLUGS | typeof LAYER_SLUGS)[number] | typeof SEQUENCE_SLUG;

export interface Recording {
  /** With the nodes and edges that the service lists. */
  trace: VisibleGraph;
  equations: EquationAnswer[];
  explanations: Explanation[];
  /** Some of the numbers in their other notations. */
  forms: Explanation[];
}

export function recorded(slug: Slug): Recording {
  const text = readFileSync(new URL(`./recorded/${slug}.json`, import.meta.url), 'utf8');
  const { trace, sent, ...others } = JSON.parse(text);
  return { trace: arrived(trace, sent) as VisibleGraph, ...others };
}

/** The equations of two-layers with other losses and optimizers, by their names in record.py. */
export const laws = (): Record<string, { equations: EquationAnswer[]; symbols: Trace['symbols'] }> =>
  JSON.parse(readFileSync(new URL('./recorded/laws.json', import.meta.url), 'utf8'));

export function explanation(slug: Slug, ref: string): Explanation {
  const found = recorded(slug).explanations.find((one) => one.ref === ref);
  if (!found) throw new Error(`${slug} has no explanation of ${ref}`);
  return found;
}
