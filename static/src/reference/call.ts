/** One call as the form has it: its address, its headers, and the same as a command. */

import type { Operation } from './openapi';

/** The values of the form's fields by parameter, as typed; an empty one is left out. */
export type Values = Readonly<Record<string, string>>;

export interface Call {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

export function callOf({ method, path, parameters, body }: Operation, values: Values, text: string): Call {
  const given = parameters.filter(({ name }) => values[name]);
  const at = (place: string) =>
    given.filter((one) => one.in === place).map(({ name }) => [name, values[name] as string] as const);
  const address = at('path').reduce((url, [name, value]) => url.replace(`{${name}}`, encodeURIComponent(value)), path);
  const query = new URLSearchParams(at('query').map(([name, value]) => [name, value])).toString();
  return {
    method,
    url: query ? `${address}?${query}` : address,
    headers: { ...(body ? { 'Content-Type': body.type } : {}), ...Object.fromEntries(at('header')) },
    body: body ? text : null,
  };
}

/** The names of the parameters without which a call has no address. */
export const missing = ({ parameters }: Operation, values: Values): string[] =>
  parameters.filter(({ name, required }) => required && !values[name]).map(({ name }) => name);

/** The call as a command for a terminal. */
export function command({ method, url, headers, body }: Call, origin: string): string {
  const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return [
    `curl -s ${method === 'GET' ? '' : `-X ${method} `}${quoted(origin + url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === null ? [] : [`-d ${quoted(body)}`]),
  ].join(' \\\n  ');
}

/** JSON laid out for reading. Numbers stay as they are written: reading them could change their digits. */

const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g;
/** What fits is written in one line. */
const WIDTH = 76;
/** Longer texts are shown in part: laying them out would stop the page. */
export const LONGEST = 200_000;

export function laidOut(json: string): string {
  const tokens = json.match(TOKEN) ?? [];
  let place = 0;

  /** The next value, in one line if it fits beside `used` characters. */
  const value = (indent: string, used: number): string => {
    const opening = tokens[place++] ?? '';
    if (opening !== '{' && opening !== '[') return opening;
    const closing = opening === '{' ? '}' : ']';
    const inner = `${indent}  `;
    const parts: string[] = [];
    while (place < tokens.length && tokens[place] !== closing) {
      if (tokens[place] === ',') place++;
      let name = '';
      if (opening === '{') {
        name = `${tokens[place]}: `;
        place += 2;
      }
      parts.push(name + value(inner, inner.length + name.length));
    }
    place++;
    const line = `${opening}${parts.join(', ')}${closing}`;
    if (used + line.length <= WIDTH && !line.includes('\n')) return line;
    return `${opening}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${closing}`;
  };
  return value('', 0);
}
