import { Fragment } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Explanation, LawNode } from '../api/types';
import { typesetLaw } from '../maths/law';
import { language } from '../texts/language';
import { MathML } from '../ui/MathML';
import { scrollIntoSight } from '../ui/scrolling';

/** The rule that a number follows, as the service words it; what is a formula in it is set as one. */
export function Law({ of }: { of: Explanation['law_text'] }) {
  const line = useRef<HTMLParagraphElement>(null);
  // Its code comes with the first of them, when what is beneath it has been scrolled to already.
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => {
      const wanted = line.current?.closest('.inspector')?.querySelector<HTMLElement>('.quantity.wanted');
      if (wanted) scrollIntoSight(wanted);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <p ref={line} class="law" lang={of.language === language ? undefined : of.language}>
      {of.parts.map((part, place) => (typeof part === 'string' ? part : <Formula key={place} of={part} />))}
    </p>
  );
}

/** In pieces that a line may break between. */
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
