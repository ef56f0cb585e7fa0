/**
 * At most one question is under way and one waits: the newest, because it is asked from what is there when its turn comes.
 * What was asked in between is never sent, and a question that is under way may finish: called off for each newer one, a
 * fast drag would never see an answer.
 */

interface SingleFlight {
  /** Fulfilled once what was there at the call, or something newer, has been asked and answered. */
  (): Promise<void>;
  /** Fulfilled once nothing is under way, and nothing waits. */
  settled(): Promise<void>;
  /** Calls off the question that is under way: its answer is of no interest any more. */
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

/** Of several requests only the last counts: starting one calls off the one before. */

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
