/** The words of the diagram as tables. */

import type { Words } from '../shape';

export const tables: Words['tables'] = {
  toggle: '表格',
  toggleTitle: '用表格代替图形，列出网络图中的各数',
  label: (name) => `网络的表格：${name}`,
  hint: '用上下方向键在各数之间移动，按回车键选中，按 Esc 取消。',
  captions: {
    inputs: '输入',
    units: (layers) => `${layers.join('、')} 的单元`,
    weights: (layer) => `${layer} 的权重和偏置`,
    goal: '目标与损失',
  },
  heads: {
    unit: '单元',
    role: '角色',
    value: '数值',
    gradient: '梯度',
    pre: 'z',
    preGradient: 'z 的梯度',
    weight: '权重',
    from: '起点',
    to: '终点',
    product: '乘积',
    next: '更新后',
    symbol: '符号',
  },
  notYet: '尚未',
  number: (name, value) => `${name}，${value}`,
  select: '选中它，查看它的公式',
  moreUnits: (count) => `还有 ${count} 个单元未列在此处；“矩阵”视图中有全部的数。`,
  moreWeights: (count) => `还有 ${count} 个权重未列在此处；“矩阵”视图中有全部的数。`,
  openMatrices: '打开“矩阵”视图',
};
