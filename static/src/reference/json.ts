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
