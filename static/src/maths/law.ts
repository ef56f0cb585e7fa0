/** The laws of the service: prose and formulas, with the type of each part. */

import type { LawNode } from '../api/types';
import { texts } from '../texts';
import { el, FIXED, INFIX, type MathElement, mn, mo, row, TIGHT, upright, withAttributes } from './markup';
import { typesetBase } from './typeset-leaf';

export function typesetLaw({ kind, ...of }: LawNode): MathElement {
  const text = of.text ?? '';
  const inner = (of.parts ?? []).map(typesetLaw);
  switch (kind) {
    case 'row':
      return row(...inner);
    case 'letter':
      return typesetBase(text).base;
    case 'number':
      return mn(text);
    case 'name':
      return upright(text);
    case 'new':
      return upright(texts.symbols.updated);
    case 'sign':
      return mo(text, INFIX);
    case 'prefix':
      return mo(text, { form: 'prefix', ...TIGHT });
    case 'comma':
      return mo(',', { lspace: '0', rspace: '0.3em' });
    case 'mark':
      return mo(text, TIGHT);
    case 'prime':
      return mo('′', FIXED);
    case 'sum':
      return mo('∑', { movablelimits: 'false', largeop: 'false', ...TIGHT });
    case 'space':
      return withAttributes(el('mspace'), { width: '0.17em' });
    case 'fence': {
      const closing = text === '(' ? ')' : text;
      return row(mo(text, { form: 'prefix', ...FIXED }), row(...inner), mo(closing, { form: 'postfix', ...FIXED }));
    }
    default:
      return el(TAGS[kind], ...inner);
  }
}

const TAGS = { fraction: 'mfrac', root: 'msqrt', below: 'msub', above: 'msup', both: 'msubsup' } as const;
