import { Unreachable } from '../api/client';
import { report } from '../state/tracing';

/** Opens a file; the code for it is loaded when the first one comes. */
export async function openFileLater(file: File): Promise<void> {
  const { receive } = await import('../build/table/received').catch(() => ({ receive: null }));
  if (receive) await receive(file);
  else report(new Unreachable());
}
