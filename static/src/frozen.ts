/** Which parameters updates leave alone, as the document says. */

import type { Trace } from './api/types';
import { parseRef } from './refs';

type Switched = { name?: string | null; frozen?: readonly string[] };

/** Whether a ref names a frozen parameter, or an entry of one; its gradient and its next value are told by the same name. */
export function isFrozen(trace: Pick<Trace, 'document'> | null, ref: string | null): boolean {
  const parsed = ref === null ? null : parseRef(ref);
  if (!trace || !parsed?.part) return false;
  const layer = (trace.document.layers as Switched[]).find(({ name }) => name === parsed.name);
  return layer?.frozen?.includes(parsed.part) ?? false;
}

export const hasFrozenParts = ({ document }: Pick<Trace, 'document'>): boolean =>
  (document.layers as Switched[]).some(({ frozen = [] }) => frozen.length > 0);
