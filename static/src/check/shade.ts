/** How a relative deviation is shaded: from 0, as good as exact, to 1, wrong altogether, on the scale of its powers of ten. */

/** The powers of ten at both ends. They stand still, so that a shade keeps its meaning while numbers change. */
export const EXACT = -16;
export const WRONG = 0;

/** Powers of ten that the legend names. */
export const NAMED = [-16, -12, -8, -4, 0];

export function shadeOf(error: number): number {
  if (Number.isNaN(error)) return 1;
  return Math.min(1, Math.max(0, (Math.log10(error) - EXACT) / (WRONG - EXACT)));
}
