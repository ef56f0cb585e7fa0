/**
 * All words of the page in Simplified Chinese. The page waits for this file before any of its other code runs, so it
 * may import only types and neighbouring files; functions that build sentences are passed in.
 */

import messages from '../../../../tinyml/narrate/messages/zh.json';
import type { Say, Words } from '../shape';
import { build } from './build';
import { flow } from './flow';
import { compare, history } from './history';
import { inspector } from './inspector';
import { maps } from './maps';
import { matrices } from './matrices';
import { refusals } from './refusals';
import { share } from './share';
import { symbols } from './symbols';
import { tables } from './tables';
import { training } from './training';
import { verdicts } from './verdicts';
import { warnings } from './warnings';

export const zh = (say: Say): Words => ({
  messages,

  lang: 'zh-Hans',
  product: 'Backprop Explorer',
  tagline: '一次训练步骤中的每个数，以及它的来历',

  header: {
    example: '示例',
    exampleTitle: '打开另一个示例；你输入的内容会被替换',
    edited: '自定的数值',
    theme: { system: '跟随系统配色', light: '浅色', dark: '深色' },
    themeGroup: '配色',
    language: '语言',
    help: '按键与读图帮助',
    settings: '语言、配色与帮助',
    folds: { build: '搭建面板（b）', inspector: '检视面板（i）' },
    saved: '这个网页保存了一个网络的一个训练步：其中有它的每个数，不需要服务器。',
    skip: '跳到图',
    lecture: '讲课：数字放大，收起面板，全屏（l）',
    leaveLecture: '退出讲课（Esc 或 l）',
  },

  views: {
    label: '视图',
    titles: { diagram: '网络图', matrices: '矩阵', check: '检验', train: '训练' },
    hints: {
      diagram: '把网络画成图，一步一步地看',
      matrices: '把每一层写成矩阵的乘积，前向和反向都有，并带上数值',
      check: '每次微调一个数，用差商检验导数',
      train: '连续训练并观看：损失、网络计算的结果，以及任意一步的细节',
    },
    opening: '正在打开 …',
    failed: '未能加载这个视图：无法连接服务器。',
  },
  verdicts: verdicts(say),
  history: history(say),
  compare: compare(say),
  share,

  diagram: {
    title: '网络图',
    label: (name) => `网络图：${name}`,
    hint: '用上下方向键逐个移动，按回车键选中，再按一次即可输入给定的数；按 Esc 取消选中，按 z 放大，再按返回。按制表键可在这一列添加或删除。',
    fit: '让整个网络适合窗口',
    close: '放大选中的部分',
    closeBack: '回到原来的位置',
    zoomIn: '放大',
    zoomOut: '缩小',
    fewer: '… 数字未全部显示',
    fewerTitle: '这个大小放不下所有数字。按此放大；指向或选中的部分，其数值在检视面板中。',
    sample: '样本',
    sampleTitle: '网络图显示这一批中的哪一行',
    sampleOf: (count) => `共 ${count} 个`,
    sampleNumber: (count) => `1 到 ${count.toLocaleString('en')} 之间的编号；按 ↑ 和 ↓ 逐个切换`,
    truth: '目标',
    gradientMark: '∂ℓ',
    functionTitle: (type, layer, stuck) =>
      `${type}（${layer}）：z 从 −3 到 3 的曲线，点是该单元自己的 z${stuck ? `。${stuck}` : ''}`,
    plate: (type) => ({ Softmax: 'softmax', Dropout: '丢弃', BatchNorm: '归一', LayerNorm: '归一' })[type] ?? type,
    stuckWords: { dead: '失活', saturated: '饱和' },
    stuck: {
      dead: '失活：在每个样本中斜率都是 0，没有梯度传回',
      saturated: '饱和：在每个样本中斜率都不到最大斜率的 1 %，几乎没有梯度传回',
    },
    anatomyPlain: '损失的梯度',
    anatomyTitle:
      '一个单元：z 是加权和，小曲线是激活函数，圆中的数是输出；上方是损失关于 z 的梯度，下方是损失关于输出的梯度',
    edgeMarks: { weight: 'w', bias: 'b', product: 'xw', gradient: '∂ℓ', next: '新' },
    batchMark: 'Σ𝑛',
    batch: (samples) => `：${samples} 个样本`,
    batchTitle: '权重和偏置的梯度是对这一批所有样本的求和',
    termOf: (sample) => `这一项来自样本 ${sample}：显示它`,
    notReached: '尚未算出',
    legend: {
      weight: '权重',
      product: '乘积 w · x',
      gradient: '梯度',
      next: '更新后的权重',
      negative: '负',
      positive: '正',
    },
    modes: {
      edges: '连线数值',
      edgesTitle: '连线的粗细、颜色和虚实表示哪一种数',
      auto: (quantity) => `随步骤（${quantity}）`,
      nodes: '节点数值',
      nodesTitle: '节点显示哪些数',
      node: { both: '数值和梯度', value: '数值', gradient: '梯度' },
    },
    tools: {
      title: (column) => (column === 0 ? '输入' : `第 ${column} 列单元`),
      more: (layer) => `为 ${layer} 添加一个单元`,
      fewer: (layer) => `从 ${layer} 删除一个单元`,
      remove: (layers) => `删除 ${layers}`,
      before: '在这一列之前添加一层',
      after: '在这一列之后添加一层',
      menu: '更改这一列',
    },
    gap: (count) => `还有 ${count} 个单元`,
    gapTitle: (first, last) => `略去了第 ${first} 到第 ${last} 个单元；按下即可显示其中一些`,
    heat: (layer, rows, columns) => `${layer} 的全部权重合成一幅图：${rows} 行对应各个输入，${columns} 列对应各个单元`,
  },

  roles: {
    input: '输入',
    bias: '偏置',
    hidden: '隐藏单元',
    output: '输出',
    probability: '概率',
    truth: '目标',
    given: '给定的梯度',
    loss: '损失',
    weight: '权重',
    parameter: '参数',
    biasWeight: '偏置',
    scale: '缩放系数',
    shift: '平移量',
    setting: '设置',
    saved: '层的状态',
    state: '优化器状态',
  },

  names: {
    value: (text) => `数值 ${text}`,
    gradient: (text) => `梯度 ${text}`,
    of: (type, layer) => `${type}（${layer}）`,
    sofar: (text) => `至此 ${text}`,
    updated: (text) => `更新后 ${text}`,
    product: (text) => `乘积 ${text}`,
    from: (source, target) => `从 ${source} 到 ${target}`,
    frozen: '已冻结：更新不改变它',
  },

  phases: { ready: '就绪', forward: '前向', loss: '损失', backward: '反向', update: '更新' },

  training: training(say),

  timeline: {
    title: '时间线',
    ready: (name, targets) =>
      `${name ? `“${name}”已就绪。` : ''}输入${targets ? '、目标' : ''}和权重是已知的；其余的数都有待计算。`,
    unavailable: '服务器没有应答。恢复应答后会说明这一步。',
    between: '',
    back: '后退一步（左方向键）',
    first: '执行第一步',
    forward: '前进一步',
    forwardTitle: '前进一步（右方向键）',
    keysTitle: '左右方向键可后退、前进一步',
    end: '到训练步骤的结尾（End）',
    play: '播放，逐步进行（空格键）',
    pause: '暂停（空格键）',
    speed: '速度',
    speedTitle: '播放的快慢',
    speeds: { slow: '慢', normal: '中', fast: '快' },
    scrubber: '在训练步骤中的位置',
    position: (done, all, phase) => `第 ${done} 步，共 ${all} 步，${phase}`,
    grain: '每步为',
    grains: { pass: '阶段', layer: '层', node: '节点', term: '项' },
    grainTitles: {
      pass: '每步为一个完整的阶段：前向、损失、反向、更新（按 1 键）',
      layer: '每步为一个阶段中的一层（按 2 键）',
      node: '每步为一个节点（按 3 键）',
      term: '每步为和中的一项，例如一个乘积（按 4 键）',
    },
  },

  inspector,

  maps,

  matrices,

  build,

  flow: flow(say),

  tables,

  refusals,

  problems: {
    rounding: '（舍入）',
    rounded: '0，仅有舍入误差',
    notANumber: (text) =>
      text.trim() === '' ? '请输入一个数。' : `“${text}”不是数。请写成 0.5、0,5 或 1/3 这样的形式。`,
    unreachable: '无法连接服务器。你的改动已保留；服务器恢复应答后就会计算。',
    busy: '服务器繁忙，暂时没有应答。你的改动已保留；服务器恢复应答后就会计算。',
    noServer: '无法连接服务器。',
    retry: '重试',
    nothingOpen: '没有打开任何网络。',
    openFirst: (name) => `打开示例“${name}”`,
  },

  help: { title: '帮助', close: '关闭' },

  warnings,

  symbols,
  sideways: { left: '左边还有', right: '右边还有' },
  rounding: '（舍入）',
  rounded: '0，仅有舍入误差',
  notANumber: '不是数',

  layerTitle: (type) => messages[`kind.${type}` as keyof typeof messages] ?? type,
});
