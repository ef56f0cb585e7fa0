/** The words of the gradient-flow strip. */

import type { Say, Words } from '../shape';

export const flow = (say: Say): Words['flow'] => ({
  toggle: '梯度流',
  toggleTitle: '有多少梯度到达每一层，哪些单元完全阻断梯度',
  label: '梯度流',
  bars: '各层梯度的大小',
  hint: '用左右方向键逐层移动，按回车键选中。',
  working: '正在计算 …',
  notReached: '梯度尚未算出。',
  goThere: '到反向传播的结尾',

  key: {
    gradient: '到达该层输出的梯度',
    parameters: '该层参数的梯度',
    title: '均为全部单元在整批样本上的均方根',
  },
  reading: (layer, type, gradient) => say`${layer}（${type}）：${gradient}`,
  readingOwn: (layer, type, gradient, own) => say`${layer}（${type}）：${gradient}；其参数 ${own}`,
  bar: (layer, type, gradient) => `${layer}，${type}：梯度 ${gradient}`,
  barOwn: (layer, type, gradient, own) => `${layer}，${type}：梯度 ${gradient}，参数 ${own}`,
  barTitle: (layer) => `选中 ${layer} 的梯度`,
  nan: 'NaN',
  deadTitle: (count, units) => `${units} 个单元中有 ${count} 个失活`,
  saturatedTitle: (count, units) => `${units} 个单元中有 ${count} 个饱和`,

  verdict: {
    single: ['只有一层，没有什么可比较的。'],
    none: ['输出处的梯度已经是 0，因此不会有任何改变。'],
    broken: ['有些梯度不是有限的数，因此无法比较。'],
    even: ['第一层的梯度与输出处的大致相当。'],
    stopped: (layer) => [`没有梯度能通过 ${layer}：它之前的各层无法学习。`],
    vanishes: (times, far) => say`梯度消失：输出处的梯度是第一层的 ${times} 倍（超过 ${far} 倍）。`,
    shrinks: (times) => say`从输出传到第一层，梯度变小：输出处的是第一层的 ${times} 倍。`,
    grows: (times) => say`从输出传到第一层，梯度变大：第一层的是输出处的 ${times} 倍。`,
    explodes: (times, far) => say`梯度爆炸：第一层的梯度是输出处的 ${times} 倍（超过 ${far} 倍）。`,
  },

  and: { between: '、', last: '、' },
  more: (count) => `另外 ${count} 个`,
  healthy: '没有失活或饱和的单元。',
  // The names end their clause: after a symbol a space is needed, after a count none.
  dead: (named, layer, count) =>
    say`${layer} 中失活的单元：${named}。${count === 1 ? '它' : '它们'}的斜率在每个样本中都是 0，所以没有梯度传回来。`,
  saturated: (named, layer, count) =>
    say`${layer} 中饱和的单元：${named}。${count === 1 ? '它' : '它们'}的斜率不到最陡处的 1%，所以传回来的梯度很少。`,
});
