import { lawParts } from '../maths/law';
import { MathML } from '../maths/MathML';
import { foreign, inPageWords } from '../service-words';

/** The rule that a number follows, as the service words it; what is a formula in it is set as one. */
export function Law({ of }: { of: string }) {
  return (
    <p class="law" lang={foreign(of)}>
      {lawParts(inPageWords(of)).map((part, place) =>
        part.kind === 'text' ? part.text : <MathML key={place} of={part.math} />,
      )}
    </p>
  );
}
