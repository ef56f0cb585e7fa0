import type { LayerTrace, Trace } from '../api/types';
import { entryAt, shapeOf, tensorAt } from '../lookup';
import { type Place, tapsUnder, type Windows } from './receptive';

/** The pixel that a maximum took: the first of the largest, or the last that is no number, as the engine has it. */
export function winnerOf(trace: Trace, layer: LayerTrace, windows: Windows, index: readonly number[]): Place | null {
  const [sample = 0, channel = 0, row = 0, column = 0] = index;
  const [input, output] = [tensorAt(trace, layer.inputs[0] ?? ''), tensorAt(trace, layer.output)];
  const [height = 1, width = 1] = shapeOf(input).slice(2);
  const value = entryAt(output, index);
  const taps = tapsUnder(windows, [row, column], [height, width]);
  // −0 and 0 are equally large: the comparison must not tell them apart.
  const same = taps.filter(({ at }) => {
    const seen = entryAt(input, [sample, channel, ...at]);
    return seen === value || (Number.isNaN(seen) && Number.isNaN(value));
  });
  return (Number.isNaN(value) ? same.at(-1) : same[0])?.at ?? null;
}
