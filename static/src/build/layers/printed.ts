/** Converts printed matrices into rows on lines or in brackets: numpy, PyTorch, TensorFlow, R, Julia, MATLAB, LaTeX. */

export function unprinted(text: string): string {
  let bare = text.trim().replace(/[−–]/g, '-').replace(/\r\n?/g, '\n');
  bare = bare.replace(/^Parameter containing:\s*/, '');
  bare = bare.replace(/\b(?:np|numpy|jnp|torch)\.b?(?:float|int|uint)\d*\(([^()]*)\)/g, '$1');
  bare = bare.replace(/^<tf\.[\s\S]*?numpy=\s*([\s\S]*)>$/, '$1').replace(/,\s*shape=\([\d, ]*\)/, '');
  // Julia and some others print the type first: 2×2 Matrix{Float64}:
  bare = bare.replace(/^\d+(?:[×x]\d+)*(?:-element)? [^\n]*:\n/, '');
  if (/\\\\|\\begin\b|\\frac\b/.test(bare)) return ofLatex(bare);
  return ofR(bare) ?? ofMatlab(bare) ?? withSemicolons(bare);
}

function ofLatex(text: string): string {
  const inner =
    /\\begin\{([a-zA-Z]*matrix|array)\*?\}(?:\[[^\]]*\])?(?:\{[^}]*\})?([\s\S]*?)\\end\{\1\*?\}/.exec(text)?.[2] ??
    text;
  const plain = inner
    .replace(/\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}/g, '$1/$2')
    .replace(/\{,\}/g, ',')
    .replace(/(?<!\\)\\(?:phantom\{[^}]*\}|hline|quad|qquad|left|right|,|;|!|:| )/g, ' ')
    .replace(
      /\\cdot\s*10\^\{?([+-]?\d+)\}?|\\times\s*10\^\{?([+-]?\d+)\}?/g,
      (_, one?: string, two?: string) => `e${one ?? two}`,
    )
    .replace(/(\d)\s+(?=e[+-]?\d)/g, '$1')
    .replace(/[${}]/g, '');
  return plain
    .split(/\\\\(?:\[[^\]]*\])?/)
    .map((row) =>
      row
        .split('&')
        .map((cell) => cell.trim())
        .join('\t'),
    )
    .filter((row) => row.trim() !== '')
    .join('\n');
}

/** Rows with their number first, in blocks of columns; vectors as [1] …; or a call of matrix(). */
function ofR(text: string): string | null {
  const call = /^(?:[\w.]+\s*(?:<-|=)\s*)?matrix\(\s*c\(([^()]*)\)\s*(?:,([\s\S]*))?\)\s*$/.exec(text);
  if (call) return ofCall(call[1] ?? '', call[2] ?? '');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.some((line) => /^\s*\[\d+,\]/.test(line))) {
    const rows = new Map<number, string>();
    for (const line of lines) {
      const found = /^\s*\[(\d+),\]\s*(.*)$/.exec(line);
      if (!found) continue;
      const place = Number(found[1]);
      rows.set(place, `${rows.get(place) ?? ''} ${found[2]}`.trim());
    }
    return [...rows.values()].join('\n');
  }
  if (lines.length && lines.every((line) => /^\s*\[\d+\]\s/.test(line))) {
    return lines.map((line) => line.replace(/^\s*\[\d+\]/, '').trim()).join(' ');
  }
  return null;
}

/** R fills a matrix column by column by default. */
function ofCall(numbers: string, settings: string): string | null {
  const cells = numbers.split(',').map((cell) => cell.trim());
  const setting = (name: string) => Number(new RegExp(`\\b${name}\\s*=\\s*(\\d+)`).exec(settings)?.[1] ?? Number.NaN);
  const bare = settings.match(/^\s*(\d+)\s*(?:,\s*(\d+))?/);
  const rows = setting('nrow') || Number(bare?.[1]) || cells.length / (setting('ncol') || Number.NaN);
  const columns = setting('ncol') || Number(bare?.[2]) || cells.length / rows;
  if (!Number.isInteger(rows) || rows * columns !== cells.length) return null;
  const byRow = /byrow\s*=\s*T(?:RUE)?\b/.test(settings);
  const at = (j: number, k: number) => cells[byRow ? j * columns + k : k * rows + j];
  return Array.from({ length: rows }, (_, j) => Array.from({ length: columns }, (__, k) => at(j, k)).join(' ')).join(
    '\n',
  );
}

/** Blocks of columns one below the other, with a common power of ten first. */
function ofMatlab(text: string): string | null {
  const named = text.replace(/^[A-Za-z_]\w*\s*=\s*\n/, '');
  const factor = /^\s*(\d+(?:\.\d+)?e[+-]?\d+)\s*\*\s*$/im.exec(named);
  const inBlocks = /^\s*Columns? \d+/im.test(named);
  if (!factor && !inBlocks) return null;
  const blocks: string[][] = [[]];
  for (const line of named.split('\n')) {
    if (/^\s*Columns? \d+/i.test(line)) blocks.push([]);
    else if (line.trim() !== '' && line.trim() !== factor?.[0].trim()) blocks.at(-1)?.push(line.trim());
  }
  const whole = blocks.filter((block) => block.length > 0);
  const rows = whole[0]?.map((_, j) => whole.map((block) => block[j] ?? '').join(' ')) ?? [];
  const exponent = factor ? Math.round(Math.log10(Number(factor[1]))) : 0;
  return rows
    .map((row) =>
      row
        .split(/\s+/)
        .map((cell) => scaled(cell, exponent))
        .join(' '),
    )
    .join('\n');
}

/** Shifts the decimal point in the text, so that nothing is rounded. */
function scaled(cell: string, exponent: number): string {
  if (exponent === 0 || !/^[+-]?[\d.]+$/.test(cell)) return cell;
  return `${cell}e${exponent}`;
}

/** Spreadsheets in many countries separate cells with semicolons; within brackets semicolons separate rows. */
function withSemicolons(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const counts = new Set(lines.map((line) => line.trim().replace(/;$/, '').split(';').length));
  const [cells = 1] = counts;
  if (lines.length < 2 || counts.size !== 1 || cells < 2 || /[[({]/.test(text)) return text;
  return lines.map((line) => line.trim().replace(/;$/, '').replaceAll(';', '\t')).join('\n');
}
