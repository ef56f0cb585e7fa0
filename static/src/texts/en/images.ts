/** Sentences about single pixels; part of texts.ts. Rows and columns count from 1. */

import { type Part, type Sentence, say } from '../say';

const times = (count: number): string => (count === 1 ? 'one product' : `${count} products`);
const windowsOf = (count: number): string => (count === 1 ? 'one window' : `${count} windows`);

export const image = {
  convolved: (filter: number, row: number, column: number, sum: Sentence, out: Part, value: Part): Sentence =>
    say`Filter ${String(filter)} lies over the window in row ${String(row)}, column ${String(column)}; each number that it covers, times the weight there, and the bias: ${sum} = ${value}, which is ${out}.`,
  longConvolved: (filter: number, row: number, column: number, count: number, out: Part, value: Part): Sentence =>
    say`Filter ${String(filter)} lies over the window in row ${String(row)}, column ${String(column)}; ${times(count)} of what it covers with its weights, and the bias, make ${out} = ${value}.`,
  convolvedAtTheEdge: (
    filter: number,
    row: number,
    column: number,
    count: number,
    outside: number,
    out: Part,
    value: Part,
  ): Sentence =>
    say`Filter ${String(filter)} lies over the window in row ${String(row)}, column ${String(column)}, which reaches into the padding: ${String(outside)} of its weights meet 0 there; ${times(count)} of the others, and the bias, make ${out} = ${value}.`,
  painted: (out: Part, sum: Sentence, value: Part): Sentence =>
    say`At ${out} meets what the inputs paint there, each times a weight of the filter, and the bias: ${sum} = ${value}.`,
  longPainted: (out: Part, count: number, value: Part): Sentence =>
    say`At ${out} meets what the inputs paint there: ${times(count)}, and the bias, make ${value}.`,
  largest: (row: number, column: number, count: number, winner: Sentence, out: Part, value: Part): Sentence =>
    say`Of the ${String(count)} numbers in the window in row ${String(row)}, column ${String(column)}, ${winner} is the largest; it goes on as ${out} = ${value}, the others end here.`,
  mean: (row: number, column: number, count: number, sum: Sentence, out: Part, value: Part): Sentence =>
    say`The mean of the window in row ${String(row)}, column ${String(column)}: (${sum}) / ${String(count)} = ${value}, which is ${out}.`,
  longMean: (row: number, column: number, count: number, out: Part, value: Part): Sentence =>
    say`The mean of the ${String(count)} numbers in the window in row ${String(row)}, column ${String(column)} is ${out} = ${value}.`,
  flattened: (before: Sentence, after: Sentence): Sentence =>
    say`Flatten changes no number, it only puts them all in one row: ${before} goes on as ${after}.`,
  collected: (source: Part, sum: Sentence, equation: Sentence): Sentence =>
    say`${source} took part in several outputs, so it gathers what comes back from each, times the weight that it met there: ${sum}, so ${equation}.`,
  longCollected: (source: Part, count: number, equation: Sentence): Sentence =>
    say`${source} gathers what comes back from every output that it took part in, times the weight that it met there: ${times(count)}, so ${equation}.`,
  won: (source: Part, count: number, sum: Sentence, equation: Sentence): Sentence =>
    say`${source} was the largest of ${windowsOf(count)}, so it takes all that comes back there, ${sum}: ${equation}.`,
  lost: (source: Part, count: number, equation: Sentence): Sentence =>
    say`${source} lies in ${windowsOf(count)} and was the largest of none, so it moved nothing and nothing comes back: ${equation}.`,
  shared: (source: Part, count: number, size: number, equation: Sentence): Sentence =>
    say`${source} lies in ${windowsOf(count)} of ${String(size)} numbers each, and takes its share, one part in ${String(size)}, of what comes back: ${equation}.`,
  filter: (filter: number, places: number, equations: Sentence): Sentence =>
    say`Filter ${String(filter)} served at ${String(places)} places, so each of its weights adds up, over all of them, what came back times what it met there: ${equations}.`,
  filterOfBatch: (filter: number, places: number, samples: number, equations: Sentence): Sentence =>
    say`Filter ${String(filter)} served at ${String(places)} places of each of the ${String(samples)} samples, so each of its weights adds up, over all of them, what came back times what it met there: ${equations}.`,
};
