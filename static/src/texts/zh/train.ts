/** The words of the Train view, which are loaded with it. */

import messages from '../../../../tinyml/narrate/messages/training.zh.json';
import type { TrainWords } from '../shape';

const counted = (count: number): string => count.toLocaleString('zh');

export const train: TrainWords = {
  messages,
  title: '训练',
  empty:
    '按“训练”：当前显示的网络从数据中学习，一个训练步接着一个训练步，全程可以观看。随时可以暂停，也可以按曲线上的任意一点，那个训练步就会在所有视图中打开。',
  beginning: '训练即将开始 …',
  lost: '无法连接服务器。服务器恢复响应后会继续跟踪训练。',

  controls: {
    play: '训练',
    playTitle: (step) => `从第 ${counted(step)} 个训练步起，训练当前显示的网络`,
    pause: '暂停',
    pauseTitle: '暂停，并在所有视图中打开到达的训练步',
    step: '一步',
    stepTitle: '用一个小批量走一个训练步',
    epoch: '一轮',
    epochTitle: (steps) =>
      steps === 1 ? '走一个训练步：一批就是全部数据' : `走 ${counted(steps)} 个训练步：每一行各一次`,
    reset: (step) => `回到第 ${counted(step)} 个训练步`,
    resetTitle: '结束这次训练，并显示它开始时的网络',
    speed: '速度',
    speedTitle: '每秒最多走多少个训练步',
    fastest: '尽可能快',
    perSecond: (steps) => `每秒 ${counted(steps)} 步`,
  },

  goals: {
    until: '直到',
    title: '下一次训练在以下条件之一首先满足时结束。空着的栏不起作用',
    loss: { before: '损失 ≤', after: '' },
    epochs: { before: '', after: '轮' },
    plateau: { before: '损失连续', after: '轮不再下降' },
    delta: { before: '下降须大于', after: '' },
    negative: (text) => `“${text}”不是大于等于 0 的数。请写成 0.001 这样。`,
    says: {
      loss: (value) => `一轮的损失不超过 ${value}`,
      epochs: (count) => `走完 ${counted(count)} 轮`,
      plateau: (epochs, by) =>
        `连续 ${counted(epochs)} 轮的损失都没有比此前的最低值更低${by === null ? '' : `（下降须大于 ${by}）`}`,
      all: (goals) =>
        goals.length === 0
          ? '训练会一直进行，直到暂停。'
          : `训练直到${goals.join('，或')}${goals.length > 1 ? '，以先满足者为准' : ''}。`,
    },
    notANumber: (text) => `“${text}”不是数。请写成 0.01 或 1e-5 这样。`,
    notWhole: (text) => `“${text}”不是大于 0 的整数。`,
  },

  status: {
    epochs: (count) => `第 ${counted(count + 1)} 轮`,
    loss: '全部训练行的损失',
    heldOutLoss: '留出损失',
    accuracy: '准确率',
    heldOutAccuracy: '留出准确率',
    pace: (steps) => `每秒 ${counted(steps)} 步`,
    states: {
      running: '正在训练。',
      paused: '已暂停。',
      done: '已结束。',
      cancelled: '已被结束。',
      diverged: '训练发散：有一个数不是有限数。',
      failed: '训练失败：负责计算的进程多次被终止。',
    },
    ended: {
      loss: '已结束：损失足够低了。',
      epochs: '已结束：所有轮都已完成。',
      steps: '已结束：所有训练步都已完成。',
      plateau: '已结束：损失不再下降。',
    },
    open: (step) => `第 ${counted(step)} 个训练步已打开：`,
  },

  curves: {
    loss: '损失',
    accuracy: '准确率',
    scale: '纵轴的刻度',
    miniBatch: '小批量',
    objective: '小批量加惩罚项',
    training: '训练',
    heldOut: '留出',
    earlier: (number) => `训练 ${number}`,
    share: '行的比例',
    nearest: (name, step) => `${name}（第 ${counted(step)} 步）`,
    slider: (title) => `各训练步的${title}`,
    hint: '左右方向键在记录的训练步之间移动，回车键打开。',
    empty: '还没有数值。',
    caption: (title, shown, all) =>
      shown === all ? `各训练步的${title}` : `记录的 ${counted(all)} 个训练步中 ${shown} 个的${title}`,
  },

  following: {
    title: '正在进行的训练',
    running: (number, step) => `第 ${counted(number)} 次训练已到第 ${counted(step)} 个训练步。`,
    shown: (step) => `当前显示第 ${counted(step)} 个训练步。`,
    open: '打开最新一步',
    openTitle: '显示训练已到达的训练步及其所有数值',
    follow: '跟随',
    followTitle: '不断显示最新的训练步，直到选择别的训练步或作出修改',
  },
  surface: {
    byHand: (step) => `曲面是第 ${counted(step)} 个训练步的。按“训练”后，从当前显示的网络出发，用这些点继续训练。`,
    title: '输入平面',
    label: (lowest, highest, rows) =>
      `输入平面上的输出，x₁ 从 ${lowest[0]?.toPrecision(3)} 到 ${highest[0]?.toPrecision(3)}，x₂ 从 ${lowest[1]?.toPrecision(3)} 到 ${highest[1]?.toPrecision(3)}，以及 ${counted(rows)} 行数据。`,
    some: (shown, rows) => `画出 ${counted(rows)} 行中的 ${counted(shown)} 行。`,
    choice: '单元',
    output: (place) => (place === null ? '输出' : `输出 ${place}`),
    probability: (place) => (place === null ? '概率' : `概率 ${place}`),
    unit: (layer, place) => `${layer}，单元 ${place}`,
    hidden: '隐藏单元',
    hiddenTitle: '也可以选择各层的单元',
    row: (row, x, y, target, heldOut) =>
      `第 ${counted(row)} 行：x₁ = ${x}，x₂ = ${y}，y = ${target}${heldOut ? '，留出' : ''}`,
    training: '用于训练',
    heldOut: '留出',
    axes: ['x₁', 'x₂'],
    reading: (across, up, value) => `x₁ = ${across}，x₂ = ${up}：${value}`,
  },

  gradients: {
    title: '各层的梯度',
    hint: '下一个训练步中每层参数梯度的均方根',
    caption: '下一个训练步中每层参数的 ∂ℓ/∂w 的均方根，对数刻度',
  },

  confusion: {
    training: '训练行的预测类别',
    heldOut: '留出行的预测类别',
    caption: '每个类别一行，每个预测类别一列',
    true: '类别',
    predicted: '预测类别',
    cell: (count, truth, predicted) => `类别 ${truth} 中有 ${counted(count)} 行被预测为 ${predicted}`,
  },

  notices: {
    diverged: (step, ref) => `在第 ${counted(step)} 个训练步中，第一个不是有限数的是 ${ref}。训练在此之前结束。`,
    open: (step) => `打开第 ${counted(step)} 个训练步`,
    resumed: (step) =>
      `服务的一个进程曾经结束。训练从第 ${counted(step)} 个训练步继续，其后的训练步重新走过，数值相同。`,
  },

  histograms: {
    title: '权重与激活值',
    show: '显示',
    hide: '隐藏',
    coming: '直方图会随下一组数值到来 …',
    none: '请开始训练，或打开一个训练步：这里就有它的直方图。',
    activations: (layer) => `${layer} 的激活值`,
    parameter: (tensor) => `参数 ${tensor}`,
    hint: '左右方向键在各区间之间移动。',
    bin: (from, to, count, size) => `${from} 到 ${to}：${counted(size)} 个中有 ${counted(count)} 个`,
    notFinite: (count) => `${counted(count)} 个不是有限数`,
    spread: (mean, size) => `平均值 ${mean}，均方根 ${size}`,
    caption: '下一个训练步中各层的数值；激活值是小批量的',
    columns: {
      numbers: '数值',
      of: {
        size: '个数',
        lowest: '最小值',
        mean: '平均值',
        highest: '最大值',
        rms: '均方根',
        bin: '数量最多的区间',
      },
    },
  },

  moments: {
    title: '两个时刻',
    hint: '先固定打开的训练步，再打开另一个训练步（属于这次或下一次训练）：两者的数值在此并列。',
    another: (step) => `第 ${counted(step)} 个训练步已固定。请打开另一个：按曲线上的一点，或继续训练。`,
    pin: (step) => `固定第 ${counted(step)} 个训练步`,
    open: (step) => `打开第 ${counted(step)} 个训练步`,
    moment: (number, step) => `训练 ${number}，第 ${counted(step)} 个训练步`,
    caption: '固定的训练步与打开的训练步的数值',
    activations: (layer) => `${layer} 的激活值的均方根`,
    parameter: (tensor) => `参数 ${tensor} 的均方根`,
    gradient: (layer) => `${layer} 的梯度的均方根`,
  },

  diagram: {
    title: '网络',
    label: (step, lines) =>
      `第 ${counted(step)} 个训练步的 ${counted(lines)} 个权重和偏置，画成线：宽线表示数值大，虚线表示负数。`,
    caption: '权重和偏置',
    parameter: '参数',
    value: '数值',
  },

  save: {
    title: '保存',
    of: (title) => `保存：${title}`,
    titles: {
      svg: '浅色的矢量图，任何大小都清晰',
      png: '屏幕分辨率三倍的像素图',
      csv: '带全部数位的数值，供电子表格和程序使用',
    },
    saved: (file) => `已保存为 ${file}。`,
    failed: '无法生成图片。',
  },
};
