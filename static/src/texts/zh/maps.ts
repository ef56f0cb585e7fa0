/** The words of the picture of a network on images or sequences. */

import type { Words } from '../shape';

export const maps: Words['maps'] = {
  label: (name) => `特征图：${name}`,
  input: '输入',
  probabilities: '概率 p',
  target: '目标',
  loss: '损失',
  columnTitle: (name, type) => `${type} ${name}`,
  map: (column, channel, channels) => (channels > 1 ? `${column}，通道 ${channel}（共 ${channels} 个）` : column),
  filter: (layer, filter, channel) =>
    channel === null ? `${layer} 的卷积核 ${filter}` : `${layer} 的卷积核 ${filter}，通道 ${channel}`,
  mapHint: '用方向键在各数之间移动，按回车键选中，按 Esc 取消选中。',
  cell: (spoken, ref, value) => `${spoken}，${ref}，${value}`,
  cellTitle: (ref, value) => `${ref} = ${value}`,
  range: (low, high) => `从 ${low} 到 ${high}`,
  more: (count) => `另有 ${count} 个`,
  moreTitle: (count, column) => `显示 ${column} 的其余 ${count} 个`,
  fewer: '收起',
  fewerTitle: (column) => `只显示 ${column} 的前几个`,
  face: {
    legend: '显示',
    names: { step: '随步骤', value: '数值', gradient: '梯度' },
    titles: {
      step: '前向传播时显示数值，反向传播时显示梯度',
      value: '每一层算出的数',
      gradient: '损失关于每个数的梯度',
    },
  },
  scale: {
    legend: '色标',
    names: { layer: '逐层', shared: '共用' },
    titles: {
      layer: '每一层的颜色以本层绝对值最大的数为上限',
      shared: '同一颜色在各处表示同样的数',
    },
  },
  zoomIn: '放大各图',
  zoomOut: '缩小各图',
  key: {
    both: '从负（带短横）到正',
    one: '符号相同：颜色越深，离 0 越远',
    none: '尚未算出',
  },
  closeUp: {
    title: '细看',
    choice: '显示为',
    names: { terms: '逐项', matrix: '矩阵乘积' },
    titles: {
      terms: '构成这个数的各项，逐一列出',
      matrix: '把整个卷积写成两个矩阵的乘积（im2col）',
    },
    start: '首先算出；也可指向别的数',
    notReached: '尚未算出',
    given: '是已知的',
    window: '窗口',
    kernel: '卷积核',
    values: '那里的数值',
    around: '它周围的数',
    channel: (channel, channels) => `通道 ${channel}（共 ${channels} 个）`,
    channels: (count) => `以及另外 ${count} 个通道`,
    bias: '偏置',
    padding: '填充：0',
    head: { term: '项', numbers: '各数', product: '值', running: '累计', largest: '迄今最大' },
    moreTerms: (count) => `另有 ${count} 项`,
    factor: '这个和只是公式的一部分；完整的公式在检视面板中。',
  },
  matrix: {
    caption: '图像块 × 卷积核 + 偏置 = 输出',
    patches: (rows, columns) => `图像块 ${rows} × ${columns}`,
    filters: (rows, columns) => `卷积核 ${rows} × ${columns}`,
    outputs: (rows, columns) => `输出 ${rows} × ${columns}`,
    why: (places, taps, filters) =>
      `窗口有 ${places} 个位置，在每个位置看到的 ${taps} 个数排成一行；${filters} 个卷积核的权重各排成一列。行乘以列再加偏置，就是输出：所以整个卷积就是一次矩阵乘法。`,
    onlyConvolution: '只有卷积的输出才能显示为图像块与卷积核的乘积。',
  },
};
