/** The timeline's sentences: what is happening now. */

import type { Part, Say, Words } from '../shape';
import { image } from './images';
import { spaced } from './spaced';

const LOSS: Part = { symbol: 'ℓ', ref: 'loss' };

export const sentence = (say: Say): Words['sentence'] => ({
  image: image(say),

  and: { between: '，', last: '，' },
  more: (count) => `另有 ${count} 个`,
  ready: (name) => [`${name ? `“${name}”已就绪。` : ''}输入、目标和权重是已知的；其余的数都有待计算。`],
  complete: (told) => say`${told}一次训练步骤至此完成。`,
  sum: (out, terms, value) => say`${out} 把到达它的各项加起来：${terms} = ${value}。`,
  longSum: (out, count, value) => say`${out} 把 ${String(count)} 个乘积与偏置加起来：${value}。`,
  activation: (title, before, after) => say`经过${spaced(title)}，${before} 变为 ${after}。`,
  compared: (output, truth) => say`${output} 与 ${truth}`,
  loss: (pairs, value) =>
    pairs ? say`损失比较 ${pairs}：${LOSS} = ${value}。` : say`损失把所有输出与各自的目标相比较：${LOSS} = ${value}。`,
  lossGradient: (output, value) => say`反向传播从损失出发：${output} 每增加一个单位，${LOSS} 就变化 ${value}。`,
  lossGradients: (equations) => say`反向传播从损失出发，损失把梯度交给每个输出：${equations}。`,
  times: (input, gradient) => say`乘以 ${input}，得 ${gradient}`,
  parameterGradients: (unit, arriving, weights, bias) =>
    say`到达 ${unit} 的梯度是 ${arriving}；${weights}。偏置的梯度就是它本身：${bias}。`,
  batchGradients: (unit, count, equations) =>
    say`到达 ${unit} 的梯度乘以传入的数，再对 ${String(count)} 个样本求和：${equations}。`,
  collected: (source, terms, equation) =>
    say`沿着从 ${source} 出发的每条边，都有一个梯度传回来：${terms}，所以 ${equation}。`,
  longCollected: (source, count, equation) =>
    say`沿着从 ${source} 出发的 ${String(count)} 条边，梯度传回来；合起来 ${equation}。`,
  throughActivation: (title, after, before) => say`反向经过${spaced(title)}：由 ${after} 得到 ${before}。`,
  change: (symbol, from, to) => say`${symbol} 从 ${from} 变为 ${to}`,
  update: (changes, rate) => say`沿梯度的反方向，以学习率 ${{ value: rate, ref: null }} 更新：${changes}。`,
  gathered: (symbol) => say`先算出归一化要用的 ${symbol}。`,
  term: {
    place: (term, terms) => `第 ${term} 项（共 ${terms} 项）`,
    sample: (sample, samples) => `样本 ${sample}（共 ${samples} 个）`,
    counted: (at, subject) => say`${at}，属于 ${subject}。`,
    only: (subject, product) => say`${product}；这就是 ${subject}。`,
    first: (at, subject, product) => say`${at}：求 ${subject} 的和从 ${product} 开始。`,
    next: (at, subject, product, sofar) => say`${at}：${product} 加进 ${subject} 的和，至此为 ${sofar}。`,
    last: (at, subject, product, total) => say`${at}：加上 ${product}，${subject} 的和就完整了：${total}。`,
  },
  layer: (name, title) => `${title} ${name}`,
  layerForward: (title, equations) => say`${title} 算出 ${equations}。`,
  layerBackward: (title, equations, parameters) =>
    parameters
      ? say`${title} 由到达它的梯度求出权重的梯度，并往回传递 ${equations}。`
      : say`${title} 把梯度往回传递：${equations}。`,
  forwardPass: (equations) => say`前向传播，从输入到输出：${equations}。`,
  backwardPass: (equations) => say`反向传播，从损失到每个权重：${equations}。`,
});
