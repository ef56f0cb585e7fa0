/** MathML as plain data, so that typesetting can be tested without a browser. */

export interface MathElement {
  tag: string;
  attributes: Record<string, string>;
  children: MathNode[];
}

export type MathNode = MathElement | string;

type Attributes = Record<string, string>;

export function el(tag: string, ...children: MathNode[]): MathElement {
  return { tag, attributes: {}, children };
}

export function withAttributes(element: MathElement, attributes: Attributes): MathElement {
  return { ...element, attributes: { ...element.attributes, ...attributes } };
}

export const mi = (text: string): MathElement => el('mi', text);
export const mn = (text: string): MathElement => el('mn', text);
export const mo = (text: string, attributes: Attributes = {}): MathElement =>
  withAttributes(el('mo', text), attributes);
export const row = (...children: MathNode[]): MathElement => el('mrow', ...children);

/** No space around an operator, … */
export const TIGHT = { lspace: '0', rspace: '0' };
/** … and of the text's size, whatever is beside it. */
export const FIXED = { stretchy: 'false', ...TIGHT };
export const INFIX = { form: 'infix' };

/** A name of several letters is upright; a single letter would be slanted by default. */
export const upright = (text: string): MathElement => withAttributes(mi(text), { mathvariant: 'normal' });

/**
 * Parentheses stretch only around tall content: a stretchy one is as wide as its largest form even when it is small.
 */
export function fence(open: string, inner: MathNode, close: string): MathElement {
  const shape = { stretchy: String(isTall(inner)), lspace: '0', rspace: '0' };
  return row(mo(open, { form: 'prefix', ...shape }), inner, mo(close, { form: 'postfix', ...shape }));
}

function isTall(node: MathNode): boolean {
  return typeof node === 'object' && (node.tag === 'mfrac' || node.tag === 'mtable' || node.children.some(isTall));
}

/** Markup as text, for tests and for exports of formulas. */
export function markup(node: MathNode): string {
  if (typeof node === 'string') return node.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<${node.tag}${attributes.join('')}>${node.children.map(markup).join('')}</${node.tag}>`;
}
