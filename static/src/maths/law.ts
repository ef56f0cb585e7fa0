/**
 * The rules that the service words, `σ(z) = 1 / (1 + e^(−z))`, as prose and formulas: what is mathematics in them is set like every
 * other formula. A slash with spaces around it is a fraction, one without is a slash.
 */

import { texts } from '../texts';
import {
  el,
  FIXED,
  INFIX,
  type MathElement,
  type MathNode,
  mi,
  mn,
  mo,
  row,
  TIGHT,
  upright,
  withAttributes,
} from './markup';
import { typesetBase } from './typeset-symbol';

/** A line may break between any two of these. */
export type LawPart = { kind: 'text'; text: string } | { kind: 'math'; math: MathElement };

interface Token {
  kind: 'number' | 'letter' | 'function' | 'word' | 'operator' | 'fraction' | 'slash' | 'mark' | 'derivative';
  text: string;
  /** Whether a space stands before it. */
  apart: boolean;
}

const HAT = '\u0302';
const SCRIPTS = 'ₖᵢ₁₂ᵀ²';
const LETTER = `[\\p{L}∇]${HAT}?`;
const TOKEN = new RegExp(
  [
    `(?<derivative>∂${LETTER}[ₖᵢ]?/∂${LETTER}[ₖᵢ]?)`,
    '(?<number>\\d+(?:\\.\\d+)?|½)',
    '(?<operator>[=+−·⊙<>≤≥])',
    '(?<fraction>(?<= )/(?= ))',
    '(?<slash>/)',
    `(?<mark>[()|√^,′Σ]|_new|[${SCRIPTS}])`,
    `(?<word>[A-Za-z](?:[A-Za-z’'-]+)(?!${HAT}|[${SCRIPTS}^_]))`,
    `(?<letter>(?!\\p{Script=Han})${LETTER})`,
    '(?<other>\\S)',
  ].join('|'),
  'gu',
);
const FUNCTIONS = /^(?:log|exp|max|min|tanh|erf|sign|softmax|mean)$/;
/** Two letters that are a product, and no word. */
const PRODUCT = /^(?:Xw)$/;
const SUBSCRIPTS: Readonly<Record<string, MathElement>> = { ₖ: mi('k'), ᵢ: mi('i'), '₁': mn('1'), '₂': mn('2') };
const POWERS: Readonly<Record<string, MathElement>> = { ᵀ: upright('T'), '²': mn('2') };
/** Their signs have room around them. */
const MAY_BREAK = '\u200b';
const THIN = withAttributes(el('mspace'), { width: '0.17em' });

export function lawParts(law: string): LawPart[] {
  const tokens = tokensOf(law.normalize('NFC'));
  const parts: LawPart[] = [];
  const say = (text: string) => {
    const last = parts.at(-1);
    if (last?.kind === 'text') last.text += text;
    else parts.push({ kind: 'text', text });
  };
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as Token;
    const end = runFrom(tokens, at);
    if (token.apart && at > 0) say(' ');
    if (end === at) {
      say(token.text);
      at += 1;
      continue;
    }
    new Reader(tokens.slice(at, end)).pieces().forEach((math, place) => {
      if (place > 0) say(MAY_BREAK);
      parts.push({ kind: 'math', math });
    });
    at = end;
  }
  return parts;
}

function tokensOf(law: string): Token[] {
  let end = 0;
  return [...law.matchAll(TOKEN)].flatMap((found): Token[] => {
    const apart = found.index > end;
    end = found.index + found[0].length;
    const [kind] = Object.entries(found.groups ?? {}).find(([, text]) => text !== undefined) ?? ['other'];
    const text = found[0];
    if (kind === 'word' && PRODUCT.test(text)) {
      return [...text].map((letter, place) => ({ kind: 'letter', text: letter, apart: apart && place === 0 }));
    }
    // A function is one only before what it is taken of.
    const taken = FUNCTIONS.test(text) && /^(?:\(| ?[\p{L}Σ](?![a-z]))/u.test(law.slice(end));
    return [{ kind: kind === 'other' ? 'word' : taken ? 'function' : (kind as Token['kind']), text, apart }];
  });
}

/** One past the last token of the formula that begins here; here, where none does. */
function runFrom(tokens: readonly Token[], start: number): number {
  let depth = 0;
  let end = start;
  let found = false;
  for (let at = start; at < tokens.length; at++) {
    const { kind, text } = tokens[at] as Token;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth < 0 || (depth === 0 && (kind === 'word' || text === ','))) break;
    // A number alone belongs to the words around it: "Law 1", "1 for k = i".
    found ||= kind !== 'number' && text !== ')';
    if (depth === 0) end = at + 1;
  }
  return found ? end : start;
}

/** Reads one formula from left to right. */
class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** Broken before each relation and before each sign of a sum behind one. */
  pieces(): MathElement[] {
    const pieces: MathNode[][] = [[]];
    for (const node of this.sequence()) {
      if (isSign(node) && (pieces.at(-1)?.length ?? 0) > 0 && !isRelation(pieces.at(-1)?.at(-1))) pieces.push([node]);
      else pieces.at(-1)?.push(node);
    }
    return pieces.map((nodes) => row(...nodes));
  }

  private get next(): Token | undefined {
    return this.tokens[this.at];
  }

  /** Up to a closing bracket or the end: chains of factors with signs between them. */
  private sequence(close: string | null = null): MathNode[] {
    const nodes: MathNode[] = [];
    let signed = true;
    while (this.next && this.next.text !== close) {
      const { kind, text } = this.next;
      if (kind === 'operator') {
        nodes.push(mo(text, signed ? { form: 'prefix', ...TIGHT } : INFIX));
        this.at += 1;
      } else if (text === ',') {
        nodes.push(mo(',', { lspace: '0', rspace: '0.3em' }));
        this.at += 1;
      } else if (kind === 'word') {
        nodes.push(el('mtext', `\u00a0${text}\u00a0`));
        this.at += 1;
      } else nodes.push(...this.quotient(close));
      signed = kind === 'operator' || text === ',';
    }
    return nodes;
  }

  /** Factors, over others where a fraction follows; several in a row share their denominator. */
  private quotient(close: string | null): MathNode[] {
    const above = this.factors(close);
    const below: MathNode[][] = [];
    while (this.next?.kind === 'fraction') {
      this.at += 1;
      below.push(this.factors(close));
    }
    const [only] = below;
    if (!only) return above;
    return [el('mfrac', bare(above), below.length === 1 ? bare(only) : row(...below.flat()))];
  }

  private factors(close: string | null): MathNode[] {
    const nodes: MathNode[] = [];
    while (this.next && this.next.text !== close && !/^(?:operator|fraction|word)$/.test(this.next.kind)) {
      if (this.next.text === ',') break;
      const { kind, text } = this.next;
      if (nodes.length > 0 && (kind === 'function' || (this.next.apart && text !== '('))) nodes.push(THIN);
      nodes.push(this.scripted(this.atom()));
      if (kind === 'function' && this.next?.text !== '(') nodes.push(THIN);
    }
    return nodes;
  }

  private atom(): MathElement {
    const { kind, text } = this.tokens[this.at] as Token;
    this.at += 1;
    if (kind === 'number') return mn(text);
    if (kind === 'function') return upright(text);
    if (kind === 'derivative') return derivative(text);
    if (kind === 'letter') return typesetBase(text).base;
    if (kind === 'slash') return mo('/', TIGHT);
    if (text === 'Σ') return mo('∑', { movablelimits: 'false', largeop: 'false', ...TIGHT });
    if (text === '√') return el('msqrt', unfenced(this.scripted(this.atom())));
    if (text === '(' || text === '|') {
      const closing = text === '(' ? ')' : '|';
      const inner = row(...this.sequence(closing));
      this.at += 1;
      return row(mo(text, { form: 'prefix', ...FIXED }), inner, mo(closing, { form: 'postfix', ...FIXED }));
    }
    return mo(text, TIGHT);
  }

  /** Indices, primes and powers of what stands before them. */
  private scripted(base: MathElement): MathElement {
    let [of, below, above]: [MathElement, MathElement | null, MathElement | null] = [base, null, null];
    for (let token = this.next; token && !token.apart; token = this.next) {
      const { text } = token;
      if (text === '′') of = row(of, mo('′', FIXED));
      else if (text === '_new') below = upright(texts.symbols.updated);
      else if (text in SUBSCRIPTS) below = SUBSCRIPTS[text] as MathElement;
      else if (text in POWERS) above = POWERS[text] as MathElement;
      else if (text !== '^') break;
      this.at += 1;
      if (text === '^') above = unfenced(this.scripted(this.atom()));
    }
    if (below && above) return el('msubsup', of, below, above);
    return below ? el('msub', of, below) : above ? el('msup', of, above) : of;
  }
}

const isOperator = (node: MathNode | undefined, signs: string): boolean =>
  typeof node === 'object' && node.tag === 'mo' && signs.includes(String(node.children[0]));
const isRelation = (node: MathNode | undefined): boolean => isOperator(node, '=<>≤≥');
const isSign = (node: MathNode): boolean =>
  isOperator(node, '=+−') && typeof node === 'object' && node.attributes.form === 'infix';

/** A bracket around all of a numerator, a denominator, a root or an exponent says nothing there. */
function unfenced(node: MathElement): MathElement {
  const [open, inner, close] = node.children;
  return node.tag === 'mrow' && isOperator(open, '(') && isOperator(close, ')') && typeof inner === 'object'
    ? inner
    : node;
}

function bare(nodes: MathNode[]): MathElement {
  const [only] = nodes;
  return nodes.length === 1 && typeof only === 'object' ? unfenced(only) : row(...nodes);
}

function derivative(text: string): MathElement {
  const side = (part: string): MathElement => {
    const index = SUBSCRIPTS[part.at(-1) ?? ''];
    const { base } = typesetBase(index ? part.slice(1, -1) : part.slice(1));
    return row(mi('∂'), index ? el('msub', base, index) : base);
  };
  const [above = '', below = ''] = text.split('/');
  return row(side(above), mo('/', TIGHT), side(below));
}
