/** The words of going from training step to training step. */

import type { Say, Words } from '../shape';

const counted = (count: number): string => count.toLocaleString('zh');

export const training = (say: Say): Words['training'] => ({
  step: '训练步骤',
  stepTitle: (least, most) =>
    `当前显示的训练步骤：每个步骤更新一次，从 1 开始计数。输入 ${counted(least)} 到 ${counted(most)} 之间的另一个数即可前往`,
  next: '下一个训练步骤',
  nextTitle: (step) => `进入训练步骤 ${counted(step)}，从更新后的权重开始（右方向键或 n 键）`,
  toStart: '回到本训练步骤的开头（Home）',
  toFirst: (step) => `回到训练步骤 ${counted(step)}（Home）`,
  running: '正在连续训练，请先取消。',
  at: (step) => `训练步骤 ${counted(step)}`,
  notes: {
    stopped: (step, what) =>
      say`到训练步骤 ${counted(step)} 为止：其中 ${what} 不再是有限的数。现在显示这个步骤，它的权重是最后一组有限的权重；减小学习率或许有帮助。`,
    differs: (step) => `训练步骤 ${counted(step)} 的数与最初计算时不同：服务器的版本或处理器可能变了。`,
    goOn: '改用新的数继续',
    edited: (step) => `网络在训练步骤 ${counted(step)} 中被修改过：之前的步骤属于另一组数。撤销即可回到那些步骤。`,
    link: (step) => `这个链接从训练步骤 ${counted(step)} 开始，不包含之前的步骤。`,
    unknown: (text, least, most) =>
      `无法从这里到达训练步骤“${text}”。请输入 ${counted(least)} 到 ${counted(most)} 之间的整数。`,
    refused: (why) => `未能进行这个训练步骤。${why}`,
    gone: (step) => `服务器在训练步骤 ${counted(step)} 处停止应答。到此为止的内容都已保留，可以从这里继续。`,
    close: '关闭这条消息',
  },
});
