import { useLayoutEffect, useRef } from 'preact/hooks';
import { lawParts } from '../maths/law';
import { MathML } from '../maths/MathML';
import { foreign, inPageWords } from '../service-words';
import { reveal } from './reveal';

/** The rule that a number follows, as the service words it; what is a formula in it is set as one. */
export function Law({ of }: { of: string }) {
  const line = useRef<HTMLParagraphElement>(null);
  // Its code comes with the first of them, when what is beneath it has been scrolled to already.
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => {
      const wanted = line.current?.closest('.inspector')?.querySelector<HTMLElement>('.quantity.wanted');
      if (wanted) reveal(wanted);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <p ref={line} class="law" lang={foreign(of)}>
      {lawParts(inPageWords(of)).map((part, place) =>
        part.kind === 'text' ? part.text : <MathML key={place} of={part.math} />,
      )}
    </p>
  );
}
