/** The words of the Matrices view. */

import type { Words } from '../shape';

export const matrices: Words['matrices'] = {
  title: '矩阵',
  law: {
    legend: '显示',
    names: { all: '全部', forward: '前向', weights: '权重', inputs: '输入', update: '更新' },
    titles: {
      all: '整个训练步骤，按先后顺序',
      forward: '输入乘以权重，一层接一层，直到损失',
      weights: '法则一：权重的梯度，以及偏置的梯度',
      inputs: '法则二：每一层传给前一层的梯度',
      update: '优化器由参数及其梯度算出的新参数',
    },
  },
  layer: '属于',
  layerTitle: '只看某一层的矩阵',
  allLayers: '所有层',
  cells: {
    legend: '大矩阵显示为',
    names: { colours: '颜色', numbers: '数值' },
    titles: {
      colours: '矩阵太大，无法逐个写出各数时，用颜色表示',
      numbers: '单元格加宽，每格写一个数',
    },
  },
  passes: {
    forward: '前向传播，从输入到输出',
    loss: '损失',
    backward: '反向传播，从损失到每个权重',
    update: '更新，由梯度得到新的权重',
  },
  working: '正在写出方程……',
  sampleOfImages: '图像只显示一个样本，即网络图中的那一个；对批次归一化时显示所有样本；对 n 的求和包括所有样本。',
  chosen: '选中',
  isChosen: (value) => `${value}，被选中`,
  isPassedOver: (value) => `${value}，未被选中`,
  openDiagram: '在网络图中打开',
  transposed: (name) => `${name} 的转置`,
  windows: (name) => `${name} 的窗口`,
  turned: (name) => `${name}，每个通道一列`,
  label: (name, rows, columns) => `${name}：${rows} 行，${columns} 列`,
  hint: '用方向键在各数之间移动，按回车键选中，按 Esc 取消选中。',
  cell: (name, value, row, column) => `${name}，${value}，第 ${row} 行第 ${column} 列`,
  place: (row, column) => `第 ${row} 行第 ${column} 列`,
  size: (rows, columns) => `${rows} × ${columns}`,
  sample: (number) => `样本 ${number}`,
  shownSample: (number) => `样本 ${number}，即网络图所显示的样本`,
  sampled: (count) => `${count.toLocaleString('en')} 个样本中，这里只有图中的那一个；对 n 的求和包括所有样本。`,
  samples: '行旁边或列上方的数是样本的序号；带标记的是网络图所显示的样本。',
  point: '指向一个单元格，即可读出其中的数。',
  none: '这个网络中没有符合所选条件的矩阵乘积。',
};
