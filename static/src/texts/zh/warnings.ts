/** The words around warnings; their sentences are the service's messages. */

import type { Words } from '../shape';

export const warnings: Words['warnings'] = {
  ofLayer: (layer) => `警告：${layer}`,
  ofTargets: '警告：目标',
  sign: '警告',
  targets: '目标',
  group: '关于这个网络的警告',
  remove: (layer) => `移除 ${layer}`,
  outputs: (count) => `使用 ${count} 个输出`,
  loss: (title) => `使用${title}`,
  shareTargets: '将每个样本的目标除以它们的和',

  done: {
    outputs: (layer, count) => `${layer}：${count} 个输出`,
    loss: (title) => `损失：${title}`,
    shareTargets: '目标已除以各自的和',
  },
};
