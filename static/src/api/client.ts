/** The page's calls of the service. A failure becomes one of two errors: the service refused, or is unreachable. */

import { documentJson, revive, toJson } from '../model/json';
import { arrived } from './arrived';
import type { components } from './schema';
import type { Catalog, Example, Explanation, NetworkDocument, Nonfinite, Notation, Problem, Trace } from './types';

/** The service refused, with a reason. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** There was no answer; `busy` if a proxy in front of the service reported an overload. */
export class Unreachable extends Error {
  constructor(readonly busy = false) {
    super();
  }
}

/** The examples and the options of the menus, in one language. */
export const getExamples = (language: string): Promise<Example[]> => call(`/api/examples?language=${language}`);

export const getCatalog = (language: string): Promise<Catalog> => call(`/api/catalog?language=${language}`);

export interface TraceOptions {
  /** The document of the answer is changed to fit these edited places. */
  edited?: readonly string[];
  /** Whether the answer has the products of weights and inputs. */
  products?: boolean;
}

export const postTrace = async (
  network: NetworkDocument,
  sample: number,
  signal: AbortSignal,
  { edited = [], products = false }: TraceOptions = {},
): Promise<Trace> => {
  const query = [
    `sample=${sample}`,
    'encoding=base64',
    ...(products ? ['products=1'] : []),
    ...edited.map((place) => `edited=${encodeURIComponent(place)}`),
  ].join('&');
  const trace = arrived(await askAbout(network, `/api/trace?${query}`, undefined, signal), network);
  rememberHash(trace.document, trace.hash);
  if (trace.fitted.length === 0) rememberHash(network, trace.hash);
  return trace;
};

export interface Asked {
  ref: string;
  notation: Notation;
  /** The number of terms of a sum, entries of a line or paths that are written out before the rest is folded. */
  terms: number;
}

type Revivable<Answer> = Answer & { nonfinite: Nonfinite[] };

/** The explanation, or the service's error. */
interface Explained {
  explanation: Explanation | null;
  problem: Problem | null;
}

/** The result of each request, in their order. */
export const postExplanations = async (
  document: NetworkDocument,
  asked: { wishes: readonly Asked[]; language: string },
  signal: AbortSignal,
): Promise<Explained[]> => {
  const { answers } = await askAbout<{ answers: Explained[] }>(document, '/api/explanations', asked, signal);
  return answers.map(({ explanation, problem }) => ({
    explanation: explanation && revive(explanation as Revivable<Explanation>),
    problem,
  }));
};

/** One call of the service; the calls that the first picture does not need are in questions.ts. */
export const call = <Answer>(path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> =>
  callWith(path, body === undefined ? undefined : toJson(body), signal);

/**
 * A question about a document: by its hash if the service knows the document, and with the whole document if it
 * never did or has forgotten it. Without other fields the document is the whole body.
 */
export const askAbout = async <Answer>(
  document: NetworkDocument,
  path: string,
  others: object | undefined,
  signal: AbortSignal,
): Promise<Answer> => answerOf<Answer>(await responseAbout(document, path, others, signal), signal);

/** The same for an answer that is a file. */
export async function responseAbout(
  document: NetworkDocument,
  path: string,
  others: object | undefined,
  signal?: AbortSignal,
): Promise<Response> {
  const body = hashBody(document, others);
  if (body !== null) {
    try {
      return await fetched(path, { method: 'POST', body }, signal);
    } catch (error) {
      if (!(error instanceof Refused && error.problem.key === 'unknown_document')) throw error;
    }
  }
  return fetched(path, { method: 'POST', body: documentBody(document, others) }, signal);
}

async function callWith<Answer>(path: string, json: BodyInit | undefined, signal?: AbortSignal): Promise<Answer> {
  const post = json === undefined ? {} : { method: 'POST', body: json };
  return await answerOf<Answer>(await fetched(path, post, signal), signal);
}

/** How requests are answered: by the service over the network, or by a saved page from its own answers. */
export type Transport = (path: string, request: RequestInit) => Promise<Response>;

let transport: Transport = (path, request) => fetch(path, request);

export function answerBy(other: Transport): void {
  transport = other;
}

/** The answer to a request, unless the service refuses or is unreachable. */
export async function fetched(path: string, request: RequestInit, signal?: AbortSignal): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json', ...request.headers };
  let response: Response;
  try {
    response = await transport(path, { ...request, headers, ...(signal ? { signal } : {}) });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable();
  }
  if (ABSENT.has(response.status) && !isProblem(response)) throw new Unreachable(response.status !== 502);
  if (response.ok) return response;
  throw new Refused(await problemOf(response));
}

/** The whole answer. A connection that ends within it is a server that does not answer. */
async function answerOf<Answer>(response: Response, signal?: AbortSignal): Promise<Answer> {
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable();
  }
}

/** Status codes of a proxy whose server does not answer; the service reports overload as a problem document. */
const ABSENT: ReadonlySet<number> = new Set([502, 503, 504]);

const isProblem = (response: Response): boolean =>
  response.headers.get('Content-Type')?.startsWith('application/problem+json') === true;

async function problemOf(response: Response): Promise<Problem> {
  const unexpected: Problem = {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: `status ${response.status}`,
    key: response.status >= 500 ? 'internal' : 'request',
    values: {},
    where: null,
    limit: null,
    asked: null,
    allowed: null,
    suggestion: null,
    version: null,
    errors: null,
  };
  try {
    return { ...unexpected, ...((await response.json()) as Partial<Problem>) };
  } catch {
    // A proxy's error page is not a problem document; only its status is known.
    return unexpected;
  }
}

/** The body of a request about a document. */

/** Longer documents are kept as a Blob: a string would be copied for each request. */
const LONG = 100_000;

const blobs = new WeakMap<object, Blob>();

/** The document alone, or as a member next to others. */
export function documentBody(document: object, others?: object): BodyInit {
  const text = documentJson(document);
  const before = others ? '{"document":' : '';
  const after = !others ? '' : Object.keys(others).length === 0 ? '}' : `,${toJson(others).slice(1)}`;
  return text.length < LONG ? before + text + after : new Blob([before, blobOf(document, text), after]);
}

const hashes = new WeakMap<object, string>();

/** Stores the hash that the service has returned for a document. */
export function rememberHash(document: object, hash: string): void {
  hashes.set(document, hash);
}

/** The same body with the document's hash instead of the document; null if the hash is not known. */
export function hashBody(document: object, others?: object): string | null {
  const hash = hashes.get(document);
  if (hash === undefined) return null;
  return toJson(others ? { document: { hash }, ...others } : { hash });
}

function blobOf(document: object, text: string): Blob {
  const blob = blobs.get(document) ?? new Blob([text]);
  blobs.set(document, blob);
  return blob;
}

/** Networks that the service stores. */

type Stored = components['schemas']['NetworkAnswer'];

export const getStored = (id: string): Promise<Stored> => call(`/api/networks/${encodeURIComponent(id)}`);

export const postStored = (document: NetworkDocument): Promise<Stored> => call('/api/networks', document);

/** Several training steps at once. */

export type Advanced = components['schemas']['AdvanceAnswer'];

export const postAdvance = (
  document: NetworkDocument,
  asked: { steps: number; every?: number },
  signal: AbortSignal,
): Promise<Advanced> => askAbout(document, '/api/advance', asked, signal);
