/** The words of the Check view, which are loaded with it. */

import type { CheckWords, Say } from '../shape';

const counted = (count: number): string => count.toLocaleString('zh');

export const check = (say: Say): CheckWords => ({
  title: '梯度检验',
  working: '正在计算 …',
  agree: (
    count,
    sampled,
    { complex_step: complex, this_epsilon: here, other_epsilon: elsewhere },
    deviation,
    zeros,
  ) => {
    const all = `${sampled ? '样本中' : ''}${count === 1 ? '这一个导数' : `全部 ${count} 个导数`}都与`;
    const witnesses = [
      { of: complex, name: '复步长法' },
      { of: here, name: '这个步长的损失差商' },
      { of: elsewhere, name: '另取步长的差商' },
    ].filter(({ of }) => of > 0);
    const evidence =
      witnesses.length === 1
        ? (witnesses[0]?.name ?? '')
        : `数值导数（${witnesses.map(({ of, name }) => `${counted(of)} 个依${name}`).join('，')}）`;
    if (deviation === null) return say`${all}${evidence}一致，在舍入误差之内都是 0。`;
    return zeros > 0
      ? say`${all}${evidence}一致；除 ${counted(zeros)} 个在舍入误差之内为 0 的以外，最大的相对偏差是 ${deviation}。`
      : say`${all}${evidence}一致；最大的相对偏差是 ${deviation}。`;
  },
  quotients: (restOnThem, error, at) =>
    restOnThem
      ? say`这个步长的差商，相对误差最大为 ${error}，出现在 ${at}。`
      : say`结论不依据这个步长的差商，其相对误差最大为 ${error}，出现在 ${at}。`,
  noQuotient: (at) => say`取这个步长时，${at} 的损失差商不是有限的数。`,
  verdictsOf: (differs, kink, undecided, agrees, count, sampled, at) => {
    const all = `${sampled ? '样本的 ' : ''}${count} 个导数`;
    const others = [
      differs > 0 && agrees > 0 && `${agrees} 个一致`,
      kink > 0 && `${kink} 个处在损失的折点上`,
      undecided > 0 && `${undecided} 个无法判定`,
    ].filter(Boolean);
    const rest = others.length > 0 ? `；${others.join('，')}` : '';
    return differs > 0
      ? say`${all}中有 ${String(differs)} 个与数值导数不一致${rest}。先看 ${at}。`
      : say`${all}中没有不一致的：${String(agrees)} 个一致${rest}。`;
  },
  none: '这个网络中没有可以改变的数。',

  share: {
    label: '抽样检验的范围',
    drawn: (count, total, of, seed) =>
      `${of === null ? '' : `${of} 的 `}${counted(total)} 个数中检验了 ${counted(count)} 个，由种子 ${seed} 抽取。`,
    whole: (total, of) => `${of} 的 ${counted(total)} 个数都已检验。`,
    another: '换一个样本',
    anotherTitle: '用下一个种子抽取另一些数来检验',
  },

  epsilon: {
    before: '步长',
    label: '步长 ε',
    title: '每个数向两侧各改变多少',
    presets: '常用步长',
    usual: '常用值',
    usualTitle: '对大多数导数来说，取这个步长时截断误差和舍入误差都很小',
    chapter: '教材所用',
    chapterTitle: '教材中的表使用这个步长',
    wrong: {
      number: (text) =>
        text.trim() === '' ? '请输入一个数。' : `“${text}”不是数。请写成 0.01、1e-5 或 10^-5 这样的形式。`,
      positive: () => '步长必须大于 0。',
      small: () => '步长至少为 1e-12：再小的话，损失之差就淹没在舍入误差中了。',
      large: () => '步长至多为 1：再大的话，就反映不出此处的斜率了。',
    },
    keeping: (value) => say`表中仍是步长 ${value} 的结果。`,
  },
  keeping: '表中仍是上一次有效的结果。',

  columns: {
    ref: '导数',
    analytic: '解析值',
    left: '左侧损失',
    right: '右侧损失',
    numeric: '数值导数',
    complex_step: '复步长',
    relative_error: '相对误差',
    verdict: '结论',
  },
  columnTitles: {
    ref: '按网络中的顺序排列',
    analytic: '由反向传播求得。按它排序',
    left: '该数减小一个步长时的损失。按它排序',
    right: '该数增大一个步长时的损失。按它排序',
    numeric: '右侧损失减左侧损失，再除以两倍步长。按它排序',
    complex_step: '用虚数步长求得的导数，不必把损失相减。按它排序',
    relative_error: '取这个步长时解析值与数值导数之差，相对于其中较大者。按它排序',
    verdict: '按结论排序',
  },
  table: '用两种方法求得的导数',
  tableHint: '用上下方向键逐行移动，按回车键选中。',
  show: '显示',
  filters: {
    all: (count) => `全部 ${count} 个`,
    worst: (count) => `误差最大的 ${count} 个`,
    differs: (count) => `不一致的（${count}）`,
    kink: (count) => `折点（${count}）`,
    undecided: (count) => `无法判定的（${count}）`,
  },
  layer: '属于',
  layerTitle: '只看某一层的导数，或只看输入的导数',
  allLayers: '所有层',
  inputs: '输入 x',
  subjects: {
    legend: '求导对象',
    names: { loss: '损失函数', objective: '目标函数' },
    titles: {
      loss: '反向传播求得的梯度，不含惩罚项',
      objective: '更新所用的梯度：损失加惩罚项的梯度。此时这里的损失都含惩罚项',
    },
  },
  empty: {
    all: '没有可检验的导数。',
    worst: '没有什么可检验的。',
    differs: '没有不一致的导数。',
    kink: '没有折点。',
    undecided: '没有无法判定的导数。',
  },
  rowTitle: '查看它的误差怎样随步长变化',

  map: {
    title: '反向传播与判定依据的相对偏差',
    label: (drawn, failed) =>
      `网络图，共 ${drawn} 条线，按反向传播与判定依据的相对偏差着色；${failed === 0 ? '没有不一致的导数' : `有 ${failed} 个不一致`}。数值在表中。`,
    failed: '不一致',
    open: '折点或无法判定',
    tooLarge: '这个网络的连接太多，无法逐条画线。表中有检验过的数。',
  },

  curve: {
    title: (at) => say`${at} 的误差怎样随步长变化`,
    worst: '，应首先查看',
    formula: '它的公式',
    formulaTitle: '在网络图中显示这个数，以及得出它的公式',
    label: '相对误差随步长 ε 的变化，两轴均为对数刻度',
    hint: '用左右方向键逐点移动，按回车键即用该步长检验全部导数。',
    x: '步长',
    y: '相对误差',
    beside: '这一点的数值及其依据',
    truncation: '截断误差',
    rounding: '舍入误差',
    point: (epsilon, error) => `步长 ${epsilon}：相对误差 ${error}。用它检验全部导数`,
    reading: { left: '左侧', right: '右侧', numeric: '数值导数', error: '误差' },
    noTruncation: '没有截断误差：损失关于这个数是抛物线，差商是精确的。',
    theLoss: (loss) => `损失函数（${loss}）`,
    thePenalty: '含 |w| 的惩罚项',
    noWitness: (who) => say`这里没有第三种估计：复步长法要用复数计算，而 ${who} 只对实数有定义。`,
    witness: (value, error) => say`第三种估计是复步长法，不必把损失相减：${value}，反向传播与它的相对偏差是 ${error}。`,
    witnessExact: (value) => say`第三种估计是复步长法，不必把损失相减：${value}，与反向传播直到最后一位都相同。`,
    witnessNone: () => say`复步长法在这里给出的不是有限的数。`,
  },
});
