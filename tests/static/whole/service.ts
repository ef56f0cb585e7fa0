/** The real service, started for the tests of one file, and the page's requests, which a test can watch or block. */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

// The tests are started in `static`.
const root = resolve('..');
const own = `${root}/.venv/bin/python`;
const python = process.env.PYTHON ?? (existsSync(own) ? own : 'python3');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

const listens = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      done(true);
    });
    socket.on('error', () => done(false));
  });

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

async function started(): Promise<{ origin: string; server: ChildProcess }> {
  const port = await freePort();
  const command = ['-m', 'uvicorn', 'app.main:app', '--port', String(port), '--log-level', 'warning'];
  // Each server needs a separate folder: those of other files, and a user's, run at the same time.
  const data = mkdtempSync(join(tmpdir(), 'explorer-'));
  const server = spawn(python, command, { cwd: root, stdio: 'inherit', env: { ...process.env, TINYML_DATA: data } });
  server.on('exit', () => rmSync(data, { recursive: true, force: true }));
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) break;
    if (await listens(port)) return { origin, server };
    await pause(100);
  }
  server.kill();
  throw new Error('The service did not start.');
}

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

/** For a test file: starts the service before its tests, and stops it after them. */
export function withService(): Wire {
  let ended = () => {};
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
  beforeAll(async () => {
    const { origin, server } = await started();
    ended = () => server.kill();
    (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(`${origin}/`);
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
  afterAll(() => ended());
  return wire;
}
