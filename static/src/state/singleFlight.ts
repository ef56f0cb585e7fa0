/**
 * At most one request is in flight and one waits: the newest, because it is made from the state at the time it is
 * sent. Requests in between are never sent, and a request in flight may finish: if each newer one aborted it, a fast
 * drag would never see an answer.
 */

interface SingleFlight {
  /** Resolves once the state at the call, or a newer one, has been requested and answered. */
  (): Promise<void>;
  /** Resolves once nothing is in flight or waiting. */
  settled(): Promise<void>;
  /** Aborts the request in flight: its answer is no longer needed. */
  abandon(): void;
}

export function singleFlight(ask: (signal: AbortSignal) => Promise<void>): SingleFlight {
  let current: { own: AbortController; done: Promise<void> } | null = null;
  let waiting: Promise<void> | null = null;

  const send = (): Promise<void> => {
    const own = new AbortController();
    const done = ask(own.signal).finally(() => {
      if (current?.own === own) current = null;
    });
    current = { own, done };
    return done;
  };

  const request = (): Promise<void> => {
    if (!current) return send();
    waiting ??= current.done
      .catch(() => undefined)
      .then(() => {
        waiting = null;
        return request();
      });
    return waiting;
  };

  const settled = async (): Promise<void> => {
    while (waiting ?? current) await (waiting ?? current?.done)?.catch(() => undefined);
  };

  return Object.assign(request, {
    settled,
    abandon: () => {
      current?.own.abort();
      current = null;
    },
  });
}

/** Of several requests only the last counts: starting one aborts the one before. */

type AbortPrevious = <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T | typeof SUPERSEDED>;

export const SUPERSEDED = Symbol('superseded');

export function abortPrevious(): AbortPrevious {
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
