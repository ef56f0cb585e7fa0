/** Text from a spreadsheet or a CSV file as rows of cells. */

export type Table = readonly (readonly string[])[];

/** Cells apart by tabs, as spreadsheets copy them; else by semicolons, else by commas, else by spaces. */
export function parseTable(text: string): Table {
  const separator = separatorOf(text);
  return rowsOf(text, separator).filter((cells) => cells.some((cell) => cell !== ''));
}

function separatorOf(text: string): string {
  if (text.includes('\t')) return '\t';
  if (text.includes(';')) return ';';
  // A single cell with a decimal comma: nothing else tells that it is not two.
  if (/^\s*[+−-]?\d+,\d+\s*$/.test(text)) return '\t';
  return text.includes(',') ? ',' : ' ';
}

function rowsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  for (const line of linesOf(text)) {
    const cells = cellsOf(line, separator).map((cell) => cell.trim());
    rows.push(separator === ' ' ? cells.filter((cell) => cell !== '') : cells);
  }
  return rows;
}

/** Lines end where no quotation is open. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/\r\n|\n|\r/)) {
    line = line === '' ? piece : `${line}\n${piece}`;
    if ((line.split('"').length - 1) % 2 === 0) {
      lines.push(line);
      line = '';
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let place = 0; place < line.length; place++) {
    const sign = line[place] as string;
    if (sign === '"') {
      // Two in a row are one that is meant.
      if (quoted && line[place + 1] === '"') {
        cell += '"';
        place++;
      } else quoted = !quoted;
    } else if (sign === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell];
}
