/** The words of links and files. */

import type { Words } from '../shape';

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1).replace('.0', '')} MB`;
const thousands = (count: number): string => count.toLocaleString('zh');

export const share: Words['share'] = {
  open: '分享',
  openTitle: '所见内容的链接、文件，以及保存在本服务器上的网络',
  title: '分享',
  link: {
    title: '链接',
    says: '包含所见的一切：精确到最后一位的网络、步骤和选中的内容。服务器看不到它。',
    way: (first) => `带上从训练步骤 ${thousands(first)} 开始的过程`,
    wayTitle: '链接还包含训练开始时的网络，因此可以往回走；那些步骤会重新计算',
    noWay: (step) => `它在训练步骤 ${thousands(step)} 处打开，不能从那里往回走。`,
    hasWay: (step, first) => `它在训练步骤 ${thousands(step)} 处打开，可以往回走到训练步骤 ${thousands(first)}。`,
    copy: '复制链接',
    copied: '链接已复制。',
    failed: '未能复制链接。它就在地址栏里。',
    state: '状态',
    stateTitle: '状态哈希相同的两个链接显示完全相同的数',
    tooLong: (length, most) =>
      `这个网络太大，放不进链接：链接将有 ${thousands(length)} 个字符，最多只能有 ${thousands(most)} 个。请存为文件，或保存到本服务器。`,
    tooMany: (numbers, most) =>
      `这个网络太大，放不进链接：它有 ${thousands(numbers)} 个数，最多只能有 ${thousands(most)} 个。请存为文件，或保存到本服务器。`,
  },
  file: {
    title: '文件',
    says: '网络文档，可以留存，可以提交给服务，也可以再次打开：拖放到页面上即可。',
    save: '存为文件',
    saved: (name) => `已存为 ${name}。`,
    open: '打开文件',
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
    says: '服务器把网络保存在一个无人能猜到的地址。有链接的人都能打开它。',
    store: '保存并复制链接',
    storing: '正在保存 …',
    copied: '已保存，链接已复制。',
    stored: '已保存。链接如下：',
    failed: (why) => `未能保存：${why}`,
  },
  drop: '松开文件：网络会打开，表格会先显示再使用',
  opened: {
    link: (name) => (name ? `从链接打开了“${name}”` : '从链接打开了一个网络'),
    file: (file) => `打开了文件“${file}”`,
    stored: (name) => (name ? `从本服务器打开了“${name}”` : '从本服务器打开了一个网络'),
  },
  notice: {
    link: (why) => `未能打开链接。${why}`,
    file: (name, why) => `未能打开“${name}”。${why}`,
    stored: (why) => `未能打开保存的网络。${why}`,
    keeping: (told) => `${told}原有的内容仍在。`,
    unkept: '这个网络太大，放不进页面地址，而浏览器不允许页面保存任何内容：重新加载就会丢失它。',
    lost: '这里打开过的网络太大，放不进页面地址，而浏览器没有保存它。',
    waiting: '服务器恢复应答后会自动打开。',
    close: '关闭这条消息',
  },
  faults: {
    longLink: (length, most) =>
      `链接有 ${thousands(length)} 个字符，最多只打开 ${thousands(most)} 个字符的链接。请向对方索取网络的文件。`,
    otherVersion: (known) =>
      `它出自本页面的另一个版本，而这里只能读取版本 ${known}。请重新加载页面，或向对方索取网络的文件。`,
    cut: '它缺了一部分。请复制完整的链接再试。',
    damaged: '它已损坏：内容与状态哈希不符。请复制完整的链接再试。',
    bomb: (most) => `它的内容解压后超过 ${megabytes(most)}，没有哪个网络有这么大。其中的内容一概没有采用。`,
    tooLarge: (bytes, most) => `它有 ${thousands(bytes)} 字节，而网络文档最多 ${thousands(most)} 字节。`,
    unreadableFile: '无法读取。只能打开文件，不能打开文件夹。',
    noText: '它不是 UTF-8 文本。网络文档是 JSON 文件。',
    empty: '它是空的。',
    noJson: '它不是 JSON：也许缺了一部分。网络文档是 JSON 文件。',
    nan: '它不是 JSON：JSON 中没有 NaN 和 Infinity。请用数代替。',
    infinite: '其中有一个数超出了 float64 的范围。数最大约为 1.8e308。',
    tooDeep: (most) => `其中的列表嵌套超过 ${most} 层，网络文档不会如此。`,
    forbidden: (key) => `其中有键“${key}”，网络文档没有这样的键。其中的内容一概没有采用。`,
    noDocument: '它是 JSON，但不是网络文档：网络文档有 layers、x 和 y。',
    otherFormat: (format, known) => `它的格式是“${format}”，而本页面打开的是 ${known}。`,
    unknownStored: '本服务器在这个地址没有网络；也许它已被删除。',
  },
};
