/** Why a link or a file cannot be opened. These words are loaded with what opens them. */

import type { FaultWords } from '../shape';

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1).replace('.0', '')} MB`;
const thousands = (count: number): string => count.toLocaleString('zh');

export const faults: FaultWords = {
  longLink: (length, most) =>
    `链接有 ${thousands(length)} 个字符，最多只打开 ${thousands(most)} 个字符的链接。请向对方索取网络的文件。`,
  otherVersion: (known) =>
    `它出自本页面的另一个版本，而这里只能读取版本 ${known}。请重新加载页面，或向对方索取网络的文件。`,
  cut: '它缺了一部分。请复制完整的链接再试。',
  damaged: '它已损坏：内容与状态哈希不符。请复制完整的链接再试。',
  bomb: (most) => `它的内容解压后超过 ${megabytes(most)}，网络不会有这么大。内容未被采用。`,
  tooLarge: (bytes, most) => `它有 ${thousands(bytes)} 字节，而网络文档最多 ${thousands(most)} 字节。`,
  longList: (most) => `其中的数超过 ${thousands(most)} 个，链接不会有这么多。请改用文件获取该网络。`,
  tooManyNumbers: (most) => `其中的数超过 ${thousands(most)} 个，超出服务的上限。请减少样本，或缩小网络。`,
  tooManyLists: (most) => `其中的列表超过 ${thousands(most)} 个，超出服务的上限。请减少样本，或缩小网络。`,
  unreadableFile: '无法读取。只能打开文件，不能打开文件夹。',
  noText: '它不是 UTF-8 文本。网络文档是 JSON 文件。',
  empty: '它是空的。',
  noJson: '它不是有效的 JSON：也许缺了一部分。网络文档是 JSON 文件。',
  nan: '它不是有效的 JSON：JSON 中没有 NaN 和 Infinity。请用数代替。',
  infinite: '其中有一个数超出了 float64 的范围。数最大约为 1.8e308。',
  tooDeep: (most) => `其中的列表嵌套超过 ${most} 层，网络文档不会如此。`,
  forbidden: (key) => `其中有键“${key}”，网络文档没有这样的键。内容未被采用。`,
  noDocument: '它是 JSON，但不是网络文档：网络文档有 layers、x 和 y。',
  otherFormat: (format, known) => `它的格式是“${format}”，而本页面打开的是 ${known}。`,
  unknownStored: '本服务器在这个地址没有网络；也许它已被删除。',
};
