/** The numbers that people give: inputs, targets, parameters. Each has a ref in the trace and a place in the document. */

import type { Trace } from './api/types';
import { parseRef, type Ref } from './refs';
import { inRows, rowsAt, rowsOf } from './rows';

/** JSON pointer into the document of a number that people give. */
export function pointerOf(trace: Trace, ref: string): string | null {
  const parsed = parseRef(ref);
  if (!parsed || parsed.derivative || parsed.state) return null;
  const place = parsed.index.join('/');
  // A target that its sample's class stands for has no place of its own.
  if (parsed.name === 'y' && typeof rowsOf(trace.document).y[0] === 'number') return null;
  if (parsed.name === 'lr') return '/optimizer/lr';
  if (parsed.name === 'x' || parsed.name === 'y') return rowsAt(trace.document, `/${parsed.name}/${place}`);
  const layer = trace.layers.findIndex(({ name }) => name === parsed.name);
  return isParameter(trace, parsed) ? `/layers/${layer}/${parsed.part}/${place}` : null;
}

/** The ref of the number at a place in the document; of a class, that of the target that it stands for. */
export function refAt(trace: Trace, pointer: string): string | null {
  const [field = '', ...path] = inRows(pointer).split('/').slice(1);
  if (field === 'x' || field === 'y') {
    const target = path.length === 1 ? rowsOf(trace.document)[field][Number(path[0])] : undefined;
    return `${field}[${[...path, ...(typeof target === 'number' ? [target] : [])].join(',')}]`;
  }
  const [layer = '', part = '', ...index] = path;
  const name = field === 'layers' && index.length > 0 ? trace.layers[Number(layer)]?.name : undefined;
  return name === undefined ? null : `${name}.${part}[${index.join(',')}]`;
}

export const isParameter = ({ layers }: Trace, { name, part }: Pick<Ref, 'name' | 'part'>): boolean =>
  layers.some(({ parameters }) => parameters.includes(`${name}.${part}`));
