/** Of several requests only the last counts: starting one calls off the one before. */

export type Latest = <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T | typeof SUPERSEDED>;

export const SUPERSEDED = Symbol('superseded');

export function latest(): Latest {
  let current: AbortController | null = null;
  return async (work) => {
    current?.abort();
    const own = new AbortController();
    current = own;
    try {
      const result = await work(own.signal);
      return own.signal.aborted ? SUPERSEDED : result;
    } catch (error) {
      if (own.signal.aborted) return SUPERSEDED;
      throw error;
    }
  };
}
