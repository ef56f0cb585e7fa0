/** What is recorded of a training for its plots: losses of steps, and numbers measured on all rows. Pure. */

import type { Frame } from '../api/trainings';

/** More points than a plot has columns of pixels; of more, only extremes are kept. */
export const MOST_POINTS = 4000;

/** Numbers by the training steps that they belong to, in ascending order; NaN if one is not finite. */
export interface Series {
  steps: readonly number[];
  values: readonly number[];
}

export const NOTHING: Series = { steps: [], values: [] };

/** The quantities that frames measure on all rows. */
export const MEASURED = ['training_loss', 'held_out_loss', 'accuracy', 'held_out_accuracy'] as const;
export type Measured = (typeof MEASURED)[number];

export interface Record {
  losses: Series;
  /** Loss and penalty together, if the document has a penalty. */
  objectives: Series;
  measured: Readonly<Partial<{ [Name in Measured]: Series }>>;
}

export const EMPTY: Record = { losses: NOTHING, objectives: NOTHING, measured: {} };

/** The record with the numbers of another frame, whose steps count from `first`. */
export function recorded(record: Record, frame: Frame, first: number): Record {
  const { steps, values, objectives: penalized = [] } = frame.losses;
  const counted = steps.map((step) => first + step);
  const more = (series: Series, found: readonly (number | null)[]) =>
    found.length === 0
      ? series
      : extended(
          series,
          counted,
          found.map((value) => value ?? Number.NaN),
        );
  const losses = more(record.losses, values);
  const objectives = more(record.objectives, penalized);
  const measured: { [Name in Measured]?: Series } = { ...record.measured };
  for (const name of MEASURED) {
    const value = frame[name];
    if (value === undefined || value === null) continue;
    // Where measuring takes long, some frames repeat what was measured at an earlier step, which is known already.
    const step = first + (frame.measured ?? frame.step);
    measured[name] = extended(measured[name] ?? NOTHING, [step], [value]);
  }
  return { losses, objectives, measured };
}

/** Numbers of steps that are known already, as after a reconnection, are left out. */
function extended(series: Series, steps: readonly number[], values: readonly number[]): Series {
  const last = series.steps.at(-1) ?? Number.NEGATIVE_INFINITY;
  const from = steps.findIndex((step) => step > last);
  if (from < 0) return series;
  const all = {
    steps: [...series.steps, ...steps.slice(from)],
    values: [...series.values, ...values.slice(from)],
  };
  return all.steps.length > MOST_POINTS ? thinned(all) : all;
}

/** Of each of equally long stretches of steps: the smallest and the largest number, and the first that is not finite. */
function thinned({ steps, values }: Series): Series {
  const [first = 0, last = 0] = [steps[0], steps.at(-1)];
  const length = (last - first + 1) / (MOST_POINTS / 4);
  const kept: number[] = [];
  for (let from = 0; from < steps.length; ) {
    const stretch = Math.floor(((steps[from] as number) - first) / length);
    let low: number | null = null;
    let high: number | null = null;
    let wrong: number | null = null;
    let place = from;
    for (; place < steps.length && Math.floor(((steps[place] as number) - first) / length) === stretch; place++) {
      const value = values[place] as number;
      if (!Number.isFinite(value)) wrong ??= place;
      else {
        if (low === null || value < (values[low] as number)) low = place;
        if (high === null || value > (values[high] as number)) high = place;
      }
    }
    const found = [low, high, wrong, place === steps.length ? place - 1 : null].filter((one) => one !== null);
    kept.push(...[...new Set(found)].sort((one, other) => one - other));
    from = place;
  }
  return { steps: kept.map((one) => steps[one] as number), values: kept.map((one) => values[one] as number) };
}

/** The recorded step nearest to one. */
export function nearestStep({ steps }: Series, step: number): number | null {
  let [low, high] = [0, steps.length - 1];
  if (high < 0) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((steps[middle] as number) < step) low = middle;
    else high = middle;
  }
  const [before, after] = [steps[low] as number, steps[high] as number];
  return step - before <= after - step ? before : after;
}

export function valueAt({ steps, values }: Series, step: number): number | null {
  const place = steps.indexOf(step);
  return place < 0 ? null : (values[place] as number);
}
