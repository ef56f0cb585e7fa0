/** A symbol as SVG text: glyphs, sizes, positions. SVG has no MathML, and text can be scaled and exported. */

import { parseSymbol } from '../maths/symbol';
import { memo } from './memo';

interface Glyphs {
  text: string;
  x: number;
  y: number;
  size: number;
}

// Advance widths in the maths face, in em.
const SLANTED: Record<string, { glyph: string; width: number }> = {
  x: { glyph: '𝑥', width: 0.559 },
  y: { glyph: '𝑦', width: 0.51 },
  ŷ: { glyph: '𝑦', width: 0.51 },
  p: { glyph: '𝑝', width: 0.598 },
  z: { glyph: '𝑧', width: 0.493 },
  h: { glyph: 'ℎ', width: 0.569 },
  a: { glyph: '𝑎', width: 0.555 },
  w: { glyph: '𝑤', width: 0.727 },
  b: { glyph: '𝑏', width: 0.518 },
  ℓ: { glyph: 'ℓ', width: 0.529 },
};
const DIGIT = 0.495;
const PAREN = 0.357;
const SMALL = 0.66;

/** Glyphs centred on the origin, on a baseline at y = 0. */
export function symbolGlyphs(text: string, size: number): Glyphs[] {
  const symbol = parseSymbol(text);
  const base = symbol && SLANTED[symbol.base];
  if (!symbol || !base) return [{ text, x: 0, y: 0, size }];
  const sub = symbol.sub ?? '';
  const sup = `${symbol.sup === null ? '' : `(${symbol.sup})`}${symbol.sample === null ? '' : `[${symbol.sample}]`}`;
  const small = size * SMALL;
  const scripts = Math.max(widthOf(sub), widthOf(sup)) * small;
  const left = -(base.width * size + scripts) / 2;
  const after = left + base.width * size;
  const glyphs = [{ text: base.glyph, x: left, y: 0, size }];
  // The hat's own width is 0.342 em; it leans right with the letter.
  if (symbol.base === 'ŷ') glyphs.push({ text: 'ˆ', x: left + (base.width - 0.342 + 0.1) * 0.5 * size, y: 0, size });
  if (sub) glyphs.push({ text: sub, x: after, y: size * 0.22, size: small });
  if (sup) glyphs.push({ text: sup, x: after + 0.04 * size, y: -size * 0.4, size: small });
  return glyphs;
}

function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (/[()[\]]/.test(sign) ? PAREN : DIGIT), 0);
}

export const SvgSymbol = memo(Drawn);

function Drawn({ of, size, x = 0, y = 0 }: { of: string; size: number; x?: number; y?: number }) {
  return (
    <g class="symbol" transform={`translate(${x} ${y})`}>
      {symbolGlyphs(of, size).map((glyphs) => (
        <text key={glyphs.text} x={glyphs.x} y={glyphs.y} style={{ fontSize: `${glyphs.size}px` }}>
          {glyphs.text}
        </text>
      ))}
    </g>
  );
}
