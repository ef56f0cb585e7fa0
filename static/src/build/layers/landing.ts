/** Where a layer that is dragged would land: behind all whose middle its own middle has passed. */

export function landing(middles: readonly number[], place: number, by: number): number {
  const own = (middles[place] ?? 0) + by;
  return middles.filter((middle, other) => other !== place && middle < own).length;
}
