import { Fragment } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Explanation, LawNode } from '../api/types';
import { el, FIXED, INFIX, type MathElement, mn, mo, row, TIGHT, upright, withAttributes } from '../maths/markup';
import { typesetBase } from '../maths/typeset-leaf';
import { texts } from '../texts';
import { language } from '../texts/language';
import { MathML } from '../ui/MathML';
import { scrollIntoSight } from '../ui/scrolling';

/** The rule of a number, in the service's words; formulas in it are typeset. */
export function Law({ of }: { of: Explanation['law_text'] }) {
  const line = useRef<HTMLParagraphElement>(null);
  // The code is loaded with the first law, possibly after the page has scrolled to something below it.
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => {
      const quantity = line.current?.closest('.inspector')?.querySelector<HTMLElement>('.quantity.focused');
      if (quantity) scrollIntoSight(quantity);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <p ref={line} class="law" lang={of.language === language ? undefined : of.language}>
      {of.parts.map((part, place) => (typeof part === 'string' ? part : <Formula key={place} of={part} />))}
    </p>
  );
}

/** In pieces between which a line may break. */
const Formula = ({ of }: { of: readonly LawNode[] }) => (
  <>
    {of.map((piece, place) => (
      <Fragment key={place}>
        {place > 0 && '\u200b'}
        <MathML of={typesetLaw(piece)} />
      </Fragment>
    ))}
  </>
);

/** The laws of the service: prose and formulas, with the type of each part. */

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
      const closing = CLOSING[text] ?? text;
      return row(mo(text, { form: 'prefix', ...FIXED }), row(...inner), mo(closing, { form: 'postfix', ...FIXED }));
    }
    default:
      return el(TAGS[kind], ...inner);
  }
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '⌊': '⌋' };
const TAGS = { fraction: 'mfrac', root: 'msqrt', below: 'msub', above: 'msup', both: 'msubsup' } as const;
