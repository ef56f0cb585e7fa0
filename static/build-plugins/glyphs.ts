/** The glyphs of each font. Add every new character of the page here; a test compares the texts with this list. */

const between = (first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_, place) => String.fromCodePoint(first + place)).join('');

const ASCII = between(0x20, 0x7e);
// All of Latin-1, so that names of networks use the same font.
const LATIN = ASCII + between(0xa0, 0xff);
const PUNCTUATION = '–—‘’“”„…•−×·∞≤≥≠→←↑↓\u2009\u202f⁰¹²³⁴⁵⁶⁷⁸⁹⁻';

export const TEXT_GLYPHS = LATIN + PUNCTUATION;

// Single letters in formulas are slanted: MathML takes these from the mathematical alphabets.
const SLANTED = '𝑎𝑏𝑒𝑝𝑤𝑥𝑦𝑧ℎ𝑖𝑗𝑘𝑙𝑛𝑡𝑚𝑟𝑠𝑣𝐴𝐻𝐽𝐿𝑀𝑁𝑃𝑋𝑌𝑍𝛼𝛽𝛾𝛿𝜀𝜂𝜆𝜇𝜎𝜕';
// Letters that text takes from the maths face are at the end.
const OPERATORS = 'ℓ∇∂αβγδεηλμρσ′²₀₁₂\u0302⏟−·×±⊙=≠<>≤≥∝→←√∑⋯…∞≈ˆ()[]{}|,.:/ŷŶΣ';
const LETTERS = 'abdefghilmnoprstuwxyz';

export const MATH_GLYPHS = ` 0123456789${OPERATORS}${SLANTED}${LETTERS}`;
