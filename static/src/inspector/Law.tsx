import { Fragment } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Explanation, LawNode } from '../api/types';
import { typesetLaw } from '../maths/law';
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
