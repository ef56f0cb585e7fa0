import { SymbolMath } from '../maths/MathML';
import { spoken } from '../maths/symbol';

/** Set for the eye, and told as the page tells symbols everywhere. */
export function SpokenSymbol({ of }: { of: string }) {
  return (
    <>
      <span class="visually-hidden">{spoken(of)}</span>
      <span aria-hidden="true">
        <SymbolMath of={of} />
      </span>
    </>
  );
}
