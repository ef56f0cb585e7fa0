/** The words of the share menu, which are loaded with it. */

import type { WayWords } from '../shape';

const thousands = (count: number): string => count.toLocaleString('zh');

export const ways: WayWords = {
  link: {
    title: '链接',
    says: '包含当前显示的全部内容：完整精度的网络、步骤和选中的部分。服务器看不到它。',
    way: (first) => `包含从训练步骤 ${thousands(first)} 开始的训练过程`,
    wayTitle: '链接还包含训练开始时的网络，之前的步骤由它重新计算',
    noWay: (step) => `它在训练步骤 ${thousands(step)} 处打开，不包含之前的步骤。`,
    hasWay: (step, first) => `它在训练步骤 ${thousands(step)} 处打开，并包含从训练步骤 ${thousands(first)} 起的步骤。`,
    copy: '复制链接',
    copied: '链接已复制。',
    failed: '未能复制链接。它在地址栏中。',
    ending: (hash) => `它以 ${hash} 结尾。结尾相同的链接显示完全相同的数。`,
    tooLong: (length, most) =>
      `这个网络太大，放不进链接：链接将有 ${thousands(length)} 个字符，最多只能有 ${thousands(most)} 个。请存为文件，或保存到本服务器。`,
    tooMany: (numbers, most) =>
      `这个网络太大，放不进链接：它有 ${thousands(numbers)} 个数，最多只能有 ${thousands(most)} 个。请存为文件，或保存到本服务器。`,
  },
  picture: {
    title: '图片',
    says: '网络图当前显示的内容，裁去空白，自带字体；标题和描述用文字写出其中的数。',
    save: (kind) => `存为 ${kind}`,
    titles: {
      svg: '线条和字形，放大后仍然清晰：适合论文、幻灯片和绘图软件',
      png: '像素图，屏幕上每个像素对应三个：适合不能用 SVG 的地方',
    },
    print: '打印 …',
    printTitle: '与浏览器的打印相同',
    printSays: '在纸上：图、句子、公式和数，不带控件。',
    printed: (shown, all) => `共 ${thousands(all)} 项，印出 ${thousands(shown)} 项。`,
    drawing: '正在绘制 …',
    failed: '未能生成图片。',
    elsewhere: '图片就是网络图所显示的内容，而它现在不在屏幕上。',
    show: '显示网络图',
    unnamed: '网络',
    titleOf: (name, step, sample, samples) =>
      `${name}，训练步骤 ${thousands(step)}${samples > 1 ? `，第 ${thousands(sample)} 个样本，共 ${thousands(samples)} 个` : ''}`,
    more: (count) => `另有 ${thousands(count)} 项`,
  },
  stored: {
    title: '在本服务器上',
    says: '服务器把网络保存在一个无法猜到的地址。任何拥有链接的人都能打开它。',
    store: '保存并复制链接',
    storing: '正在保存 …',
    copied: '已保存，链接已复制。',
    stored: '已保存。链接如下：',
    kept: (days) => `连续 ${thousands(days)} 天无人使用后将被删除。`,
    failed: (why) => `未能保存：${why}`,
    here: '从这个浏览器保存的网络',
    hereSays: '只有这个浏览器知道删除这些网络所需的密钥。',
    remove: '删除',
    removeTitle: (name) => `从本服务器删除“${name}”`,
    sure: '永久删除？它的链接将无法再打开。',
    keep: '保留',
    deleted: (name) => `已从本服务器删除“${name}”。`,
    notDeleted: (why) => `未能删除：${why}`,
  },
};
