/** The real service, started once for all files of this folder: starting it takes longer than most of their tests. */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the service. */
    origin: string;
  }
}

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
  // A separate folder: a user's server may run at the same time.
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

/** Vitest's global setup of the project `page`; returns what stops the service. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { origin, server } = await started();
  project.provide('origin', origin);
  return async () => {
    const ended = new Promise((done) => server.on('exit', done));
    server.kill();
    await ended;
  };
}
