import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { postAdvance, postExplanations, postTrace, Refused, Unreachable } from '@/api/client';
import { postCheck, postCurve, postFlow, postSteps } from '@/api/questions';
import type { NetworkDocument } from '@/api/types';
import { recorded } from '../recorded';

const { trace } = recorded('chapter');
const { signal } = new AbortController();
const known = new Set<string>();
let asked: { path: string; sent: 'hash' | 'document'; body: Record<string, unknown> }[];

/** A server that knows the documents sent to it since its start. */
async function serve(path: string, { body }: RequestInit): Promise<Response> {
  const read = JSON.parse(await new Response(body as BodyInit).text());
  const about = read.document ?? read;
  const sent = 'hash' in about ? 'hash' : 'document';
  asked.push({ path: path.replace(/\?.*/, ''), sent, body: read });
  if (sent === 'hash' && !known.has(about.hash)) {
    return Response.json({ status: 409, key: 'unknown_document', detail: 'send it' }, { status: 409 });
  }
  if (sent === 'document') known.add(trace.hash);
  if (read.ref === 'nothing') return Response.json({ status: 422, key: 'no_such_number' }, { status: 422 });
  const answer = path.startsWith('/api/trace') ? sentTrace() : { answers: [], steps: [], rows: [], points: [] };
  return Response.json({ ...answer, nonfinite: [] });
}

const sentTrace = () => structuredClone(trace);

const QUESTIONS: [string, (document: NetworkDocument) => Promise<unknown>][] = [
  ['/api/explanations', (document) => postExplanations(document, { wishes: [], language: 'en' }, signal)],
  ['/api/steps', (document) => postSteps(document, { by: 'node', from: 0, limit: 1, sample: 0 }, signal)],
  ['/api/gradient-check', (document) => postCheck(document, 1e-5, signal)],
  ['/api/gradient-check/curve', (document) => postCurve(document, 'x[0,0]', false, signal)],
  ['/api/gradient-flow', (document) => postFlow(document, signal)],
  ['/api/advance', (document) => postAdvance(document, { steps: 1 }, signal)],
  ['/api/trace', (document) => postTrace(document, 0, signal)],
];

beforeEach(() => {
  asked = [];
  known.clear();
  vi.stubGlobal('fetch', serve);
});
afterEach(() => vi.unstubAllGlobals());

const sent = () => asked.map(({ path, sent }) => [path, sent]);

test('a document is sent once; after its trace, questions about it send its hash', async () => {
  const network = { ...trace.document };
  const answer = await postTrace(network, 0, signal);
  for (const document of [network, answer.document]) for (const [, ask] of QUESTIONS) await ask(document);
  const byHash = QUESTIONS.map(([path]) => [path, 'hash']);
  expect(sent()).toEqual([['/api/trace', 'document'], ...byHash, ...byHash]);
  expect(asked.map(({ body }) => body).slice(1, 8)).toMatchObject([
    { document: { hash: trace.hash }, wishes: [] },
    { document: { hash: trace.hash }, by: 'node' },
    { document: { hash: trace.hash }, epsilon: 1e-5 },
    { document: { hash: trace.hash }, ref: 'x[0,0]' },
    { document: { hash: trace.hash } },
    { document: { hash: trace.hash }, steps: 1 },
    { hash: trace.hash },
  ]);
});

test.each(QUESTIONS)('%s sends the document again after a restart of the server', async (path, ask) => {
  const { document } = await postTrace({ ...trace.document }, 0, signal);
  known.clear();
  asked = [];
  await ask(document);
  await ask(document);
  expect(sent()).toEqual([
    [path, 'hash'],
    [path, 'document'],
    [path, 'hash'],
  ]);
  expect(asked[1]?.body).toMatchObject(path === '/api/trace' ? { ...document } : { document: { ...document } });
});

test('an edited document is another one, and a refused request is not repeated', async () => {
  const { document } = await postTrace({ ...trace.document }, 0, signal);
  asked = [];
  await postFlow({ ...document, seed: 5 }, signal);
  await expect(postCurve(document, 'nothing', false, signal)).rejects.toBeInstanceOf(Refused);
  expect(sent()).toEqual([
    ['/api/gradient-flow', 'document'],
    ['/api/gradient-check/curve', 'hash'],
  ]);
});

/** An answer whose connection ends after its first bytes. */
const cutOff = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"hash": '));
        controller.error(new TypeError('network error'));
      },
    }),
  );

test.each(QUESTIONS)('%s takes an answer that is cut off for a server that does not answer', async (_, ask) => {
  vi.stubGlobal('fetch', async () => cutOff());
  await expect(ask({ ...trace.document })).rejects.toBeInstanceOf(Unreachable);
});

test('an answer that is cut off because it is no longer wanted is no fault of the server', async () => {
  const stop = new AbortController();
  vi.stubGlobal('fetch', async () => {
    stop.abort();
    return cutOff();
  });
  const failed = await postTrace({ ...trace.document }, 0, stop.signal).catch((error: unknown) => error);
  expect(failed).not.toBeInstanceOf(Unreachable);
});
