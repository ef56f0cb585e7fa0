/** The inspector's words. */

import type { Words } from '../shape';
import { aloud } from './aloud';

export const inspector: Words['inspector'] = {
  title: '检视',
  start: {
    promise: '一次训练步骤中的每个数，都写成代入了数值的公式；每个梯度，都经过数值检验。',
    lines: [
      '每个圆圈是网络中的一个数，每条线是一个权重。向前逐步执行，就能看到它们被一个接一个地算出来。',
      '选中一个圆圈或一条线，就能看到它的公式，包括符号和数值。点击公式中的任何数，可查看它自己的公式。',
    ],
    images: [
      '每个方格是网络中的一个数，每幅图（或序列的每一行）是一个卷积核的输出；旁边的小图就是卷积核。向前逐步执行，就能看到它们被一个接一个地算出来。',
      '指向一个方格，就能看到它是怎样得来的；选中它，就能看到它的公式。点击公式中的任何数，可查看它自己的公式。',
    ],
    first: '显示最先计算的数',
    question: '一个问题：这个梯度为什么是 0？',
    check: '用数值方法检验所有梯度',
  },
  aloud,
  current: '当前步骤',
  selected: '已选中',
  release: '跟随步骤',
  releaseTitle: '取消选中，显示每一步自己的公式（Esc）',
  back: '返回',
  backTitle: '回到先前显示的内容',
  backTo: (spoken) => `回到${spoken}`,
  trail: '到这个数的路径',
  notation: {
    legend: '公式的写法',
    names: { scalar: '标量', chain: '链式法则', matrix: '矩阵', paths: '路径', stable: '稳定式' },
    titles: {
      scalar: '逐项写出乘积之和，并对整批样本求和',
      chain: '后面各层传回的梯度乘以这一步的导数：上游梯度 · 局部导数',
      matrix: '矩阵的乘积，并标出乘积为这个数的行与列',
      paths: '对从这个数到损失的所有路径求和，贡献最大的在前',
      stable: '按实际计算的写法：直接由得分算出，指数和对数都不会溢出',
    },
    none: '这里显示的数没有这种写法',
  },
  factors: { upstream: '上游梯度', local: '局部导数' },
  folded: {
    terms: (count) => `另有 ${count} 项`,
    total: '总和',
    title: '显示更多项',
  },
  growing: {
    sofar: (done, terms) => `已加 ${done} 项，共 ${terms} 项`,
    spoken: (done, terms) => `逐项求和：共 ${terms} 项，已加 ${done} 项。`,
    done: (count) => `${count} 项`,
    coming: (count) => `还有 ${count} 项`,
  },
  matrix: {
    caption: '左矩阵在乘积旁边，右矩阵在乘积上方',
  },
  paths: {
    count: (count) => `有 ${count} 条路径通向损失。`,
    more: (count) => `另有 ${count} 条路径`,
  },
  latex: {
    copy: '复制 LaTeX',
    title: '把这个公式复制为 LaTeX',
    copied: '已复制',
    failed: '未能复制：浏览器不允许',
  },
  check: {
    button: '数值检验',
    title: '由两个损失估计这个导数（按 c 键）',
    none: '检验时把一个已知的数（输入、权重或偏置）向两侧各改变一点，再比较损失。这个数是由它们算出来的，不能单独改变；通向它的权重的梯度则可以检验。',
    early: '反向传播算出它之后才能检验。',
    nothing: '没有关于这个数的导数可供检验。',
    backward: '反向传播',
    error: '，这个差商的相对误差',
    epsilon: '改变量',
    epsilonTitle: '这个数向两侧各改变多少',
  },
  waits: {
    ready: '',
    forward: '它由前向传播算出。',
    loss: '它在前向传播之后随损失算出。',
    backward: '它由反向传播算出。',
    update: '它由更新算出。',
  },
  headings: {
    pre: '激活之前',
    value: '数值',
    gradient: '梯度',
    preGradient: '激活之前的梯度',
    objectiveGradient: '目标函数的梯度',
    next: '更新之后',
  },
  given: '已知',
  change: '修改数值',
  from: '来自',
  explain: (spoken, value) => `解释${spoken}，${value}`,
};
