/** The words of undo, redo, the history and the comparison. */

import type { Say, Words } from '../shape';

const counted = (count: number): string => count.toLocaleString('zh');

export const history = (say: Say): Words['history'] => ({
  undo: (done) => (done === null ? '没有可撤销的操作' : `撤销：${done}`),
  redo: (done) => (done === null ? '没有可重做的操作' : `重做：${done}`),
  undoKeys: 'Ctrl Z',
  redoKeys: 'Ctrl Shift Z',
  title: '历史',
  open: '历史：所有改动，选择其中一项即可返回',
  list: '改动，最新的在前',
  here: '当前显示',
  bound: (most) => `保留最近的 ${most} 次改动。`,
  keys: '按 Ctrl Z 撤销，按 Ctrl Shift Z 重做。',
  titles: {
    opened: (name) => (name ? `打开了“${name}”` : '打开了一个网络'),
    changed: (what, from, to) => say`${what} ${from} → ${to}`,
    unnamed: '网络有改动',
    trainingSteps: (from, to) =>
      from === to ? `重新计算了训练步骤 ${counted(to)}` : `训练步骤 ${counted(from)} → ${counted(to)}`,
    rate: '学习率',
    loss: '损失',
    optimizer: '优化器',
    penalty: '惩罚项',
    setting: (of, name) => `${of}：${name}`,
    layer: (name) => `层 ${name} 有改动`,
    parameter: (part, layer) => `整体设置了 ${layer} 的 ${part}`,
    inputs: '设置了输入',
    targets: '设置了目标',
    classOf: (row) => `样本 ${row} 的类别`,
    none: '无',
    many: '多个数',
  },
});

export const compare = (say: Say): Words['compare'] => ({
  pin: '固定快照以便对比',
  pinTitle: '保存当前的全部数值，以后查看与之不同的数（按 p 键）',
  pinned: '已固定',
  pinnedTitle: '已固定快照：显示或隐藏与之不同的数（按 p 键）',
  pinnedTitleAt: (step) => `已固定训练步骤 ${counted(step)} 的快照：显示或隐藏与之不同的数（按 p 键）`,
  title: '差异',
  steps: (pinned, now) => `训练步骤 ${counted(pinned)} ↔ 训练步骤 ${counted(now)}`,
  pinnedAt: (step) => `固定时，步骤 ${counted(step)}`,
  nowAt: (step) => `现在，步骤 ${counted(step)}`,
  again: '重新固定',
  againTitle: '用当前数值代替已固定的快照',
  unpin: '取消固定',
  unpinTitle: '丢弃已固定的快照',
  close: '隐藏',
  closeTitle: '隐藏差异；快照仍然固定',
  caption: '与快照不同的数，差异最大的在前',
  kinds: { legend: '显示哪些数', all: '全部', given: '已知', output: '输出', gradient: '梯度' },
  columns: { number: '数', pinned: '固定时', now: '现在', difference: '差' },
  select: '选中它，查看它的公式',
  none: (compared, moment) => say`与 ${moment} 之后的快照相比，${String(compared)} 个数全部相同。`,
  count: (differ, compared, moment) =>
    differ === 1
      ? say`与 ${moment} 之后的快照相比，${String(compared)} 个数中有 1 个不同：`
      : say`与 ${moment} 之后的快照相比，${String(compared)} 个数中有 ${String(differ)} 个不同，差异最大的在前：`,
  largest: (shown, differ, compared, moment) =>
    say`与 ${moment} 之后的快照相比，${String(compared)} 个数中有 ${String(differ)} 个不同；其中差异最大的 ${String(shown)} 个：`,
  alone: (before, now) => {
    if (before === 0 && now === 0) return '';
    if (now === 0) return `另有 ${before} 个数只在快照中存在。`;
    if (before === 0) return `另有 ${now} 个数只在这里存在。`;
    return `另有 ${before} 个数只在快照中存在，${now} 个只在这里存在。`;
  },
});
