/** The words for moving between training steps. */

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
  run: {
    toggle: '连续训练…',
    toggleTitle: '连续进行许多训练步骤，并查看每一步的损失（r 键）',
    title: '连续训练',
    percent: (percent) => `${percent}%`,
    before: '连续',
    after: '个训练步骤',
    count: '要进行的个数',
    countTitle: (most) => `要连续进行多少个训练步骤：1 到 ${counted(most)}（按 Enter 开始）`,
    start: '开始',
    startTitle: (step) => `从训练步骤 ${counted(step)} 开始`,
    cancel: '取消',
    cancelTitle: '到此为止；已完成的训练步骤全部保留（Esc）',
    wrong: (text, most) => `“${text}”不是训练步骤的个数。请输入 1 到 ${counted(most)} 之间的整数。`,
    progress: (done, all) => `已完成 ${counted(done)}，共 ${counted(all)}`,
    loss: '损失',
    known: (first, last) =>
      first === last
        ? `已知训练步骤 ${counted(first)} 的损失。`
        : `已知训练步骤 ${counted(first)} 到 ${counted(last)} 的损失。`,
    least: '最小的是',
    goOn: (step) => `继续到训练步骤 ${counted(step)}`,
    curve: '每个训练步骤的损失',
    table: '以表格显示',
    scale: '损失的刻度',
    scales: { linear: '线性', log: '对数' },
    scaleTitles: { linear: '以线性刻度显示损失', log: '以对数刻度显示损失' },
    noLog: '无法使用对数刻度：有的损失是负数，或者全部是 0',
    slider: '损失曲线上的训练步骤',
    hint: '方向键逐个移动训练步骤，按住 Shift 移动更远；按 Enter、点击或轻触即可打开。',
    spoken: (step, loss) => `训练步骤 ${counted(step)}，损失 ${loss}`,
    number: counted,
    open: (step) => `打开训练步骤 ${counted(step)}`,
    caption: (listed, all) =>
      listed < all ? `${counted(all)} 个训练步骤中的 ${counted(listed)} 个` : `全部 ${counted(all)} 个训练步骤`,
  },
  at: (step) => `训练步骤 ${counted(step)}`,
  notes: {
    stopped: (step, what) =>
      say`到训练步骤 ${counted(step)} 为止：其中 ${what} 不再是有限的数。现在显示这个步骤，它的权重是最后一组有限的权重；减小学习率或许有帮助。`,
    differs: (step) => `训练步骤 ${counted(step)} 的数与最初计算时不同：服务器的版本或处理器可能变了。`,
    strays: (first, step) =>
      `从链接所带的训练步骤 ${counted(first)} 出发，得不到链接中训练步骤 ${counted(step)} 的数：服务器的版本或处理器可能变了，或者链接被改动过。现在显示的是链接中的数，无法显示之前的步骤。`,
    goOn: '改用新的数继续',
    edited: (step) => `网络在训练步骤 ${counted(step)} 中被修改过：之前的步骤属于另一组数。撤销即可回到那些步骤。`,
    link: (step) => `这个链接从训练步骤 ${counted(step)} 开始，不包含之前的步骤。`,
    unknown: (text, least, most) =>
      `无法从这里到达训练步骤“${text}”。请输入 ${counted(least)} 到 ${counted(most)} 之间的整数。`,
    refused: (why) => `未能进行这个训练步骤。${why}`,
    gone: (step) => `服务器在训练步骤 ${counted(step)} 处停止应答。到此为止的内容都已保留，可以从这里继续。`,
    running: '正在连续训练，一次只能进行一个。请先取消，或等待它完成。',
  },
});
