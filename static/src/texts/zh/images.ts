/** Sentences about single pixels. Rows and columns count from 1. */

import type { Say, Words } from '../shape';

const windowAt = (row: number, column: number): string => `第 ${row} 行第 ${column} 列的窗口`;

export const image = (say: Say): Words['sentence']['image'] => ({
  convolved: (filter, row, column, sum, out, value) =>
    say`卷积核 ${String(filter)} 放在${windowAt(row, column)}上；它盖住的每个数乘以该处的权重，求和，再加偏置：${sum} = ${value}，这就是 ${out}。`,
  longConvolved: (filter, row, column, count, out, value) =>
    say`卷积核 ${String(filter)} 放在${windowAt(row, column)}上；它盖住的数与权重的 ${String(count)} 个乘积，加上偏置，得 ${out} = ${value}。`,
  convolvedAtTheEdge: (filter, row, column, count, outside, out, value) =>
    say`卷积核 ${String(filter)} 放在${windowAt(row, column)}上，窗口伸进了填充：其中 ${String(outside)} 个权重在那里遇到的是 0；其余权重的 ${String(count)} 个乘积，加上偏置，得 ${out} = ${value}。`,
  painted: (out, sum, value) =>
    say`画到 ${out} 处的各个输入，分别乘以卷积核的一个权重，求和，再加偏置：${sum} = ${value}。`,
  longPainted: (out, count, value) =>
    say`画到 ${out} 处的各个输入与卷积核权重的 ${String(count)} 个乘积，加上偏置，得 ${value}。`,
  largest: (row, column, count, winner, out, value) =>
    say`${windowAt(row, column)}有 ${String(count)} 个数，其中 ${winner} 最大；它传下去成为 ${out} = ${value}，其余的数到此为止。`,
  mean: (row, column, count, sum, out, value) =>
    say`${windowAt(row, column)}的平均值：(${sum}) / ${String(count)} = ${value}，这就是 ${out}。`,
  longMean: (row, column, count, out, value) =>
    say`${windowAt(row, column)}中 ${String(count)} 个数的平均值是 ${out} = ${value}。`,
  flattened: (before, after) => say`展平不改变任何数，只是把它们全部排成一行：${before} 成为 ${after}。`,
  collected: (source, sum, equation) =>
    say`${source} 参与了若干个输出，每个输出传回的梯度乘以它在该处遇到的权重，再加起来：${sum}，所以 ${equation}。`,
  longCollected: (source, count, equation) =>
    say`${source} 参与的每个输出传回的梯度，乘以它在该处遇到的权重，再加起来，共 ${String(count)} 个乘积，所以 ${equation}。`,
  won: (source, count, sum, equation) =>
    say`${source} 在 ${String(count)} 个窗口中最大，所以那里传回的梯度全部归它：${sum}，即 ${equation}。`,
  lost: (source, count, equation) =>
    say`${source} 位于 ${String(count)} 个窗口中，没有一次是最大的数，对输出没有影响，所以没有梯度传回来：${equation}。`,
  shared: (source, count, size, equation) =>
    say`${source} 位于 ${String(count)} 个窗口中，每个窗口有 ${String(size)} 个数；传回的梯度由它们平分，它分得 1/${String(size)}：${equation}。`,
  filter: (filter, places, equations) =>
    say`卷积核 ${String(filter)} 用于 ${String(places)} 个位置，所以它的每个权重都把各个位置传回的梯度乘以在该处遇到的数，再加起来：${equations}。`,
  filterOfBatch: (filter, places, samples, equations) =>
    say`卷积核 ${String(filter)} 用于 ${String(samples)} 个样本，每个样本 ${String(places)} 个位置，所以它的每个权重都把所有位置传回的梯度乘以在该处遇到的数，再加起来：${equations}。`,
});
