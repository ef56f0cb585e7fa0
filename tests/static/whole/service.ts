/** The real service (server.ts), and the page's requests to it, which a test can watch or block. */

import { beforeAll, inject } from 'vitest';

export interface Asked {
  path: string;
  body: unknown;
  /** Whether the page has cancelled it. */
  aborted: () => boolean;
}

/** The page's requests so far, and the handling of the next ones. */
export interface Wire {
  asked: Asked[];
  /** While it is true nothing reaches the service. */
  cut: boolean;
  /** Answers to these paths wait until they are released. */
  hold: RegExp | null;
  release: () => void;
  /** The answer that the page gets instead. */
  change: ((path: string, answer: object) => object) | null;
  /** The service's answer to the test, without all this. */
  ask: <Answer>(path: string, body?: unknown) => Promise<Answer>;
}

/** For a test file: the page's requests reach the service, as far as the test lets them. */
export function withService(): Wire {
  let real: typeof fetch = () => Promise.reject(new Error('The service is not there yet.'));
  const held: (() => void)[] = [];
  const wire: Wire = {
    asked: [],
    cut: false,
    hold: null,
    change: null,
    release: () => {
      wire.hold = null;
      for (const go of held.splice(0)) go();
    },
    ask: async (path, body) => {
      const init = { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
      const answer = await real(path, body === undefined ? {} : init);
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return answer.json();
    },
  };
  beforeAll(() => {
    (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(`${inject('origin')}/`);
    real = window.fetch.bind(window) as typeof fetch;
    globalThis.fetch = async (input, init) => {
      const path = String(input);
      const body = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
      wire.asked.push({ path, body, aborted: () => init?.signal?.aborted ?? false });
      if (wire.cut) throw new TypeError('Failed to fetch');
      const answer = await real(path, init);
      if (wire.hold?.test(path)) await new Promise<void>((go) => held.push(go));
      if (init?.signal?.aborted) throw new DOMException('The page has called it off.', 'AbortError');
      if (!wire.change || !answer.ok) return answer;
      return new Response(JSON.stringify(wire.change(path, await answer.json())), { headers: answer.headers });
    };
  });
  return wire;
}
