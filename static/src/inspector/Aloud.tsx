import type { Explanation } from '../api/types';
import { spoken } from '../maths/symbol';
import { plain } from '../numbers/format';
import { inPageWords } from '../service-words';
import { texts } from '../texts';

/** A formula for those who hear it. */
export function Aloud({ of }: { of: Explanation }) {
  const reader = { symbol: spoken, number: plain, condition };
  return <p class="visually-hidden">{texts.inspector.aloud(of, reader)}</p>;
}

/** A condition of the service, its symbols read out. */
const condition = (when: string): string => inPageWords(when).replace(/[∂∇\p{L}]\S*_\S+/gu, spoken);
