/** Translations of the service's texts, by the English text. A formula without words needs no entry. */

const conditions = {
  'the largest of the window': '它是窗口中的最大数',
  'another is': '最大数是另一个',
  dropped: '丢弃',
  kept: '保留',
};

const examples = {
  'Fully connected layer': '全连接层',
  'Two layers with ReLU': '带 ReLU 的两层网络',
  XOR: '异或（XOR）',
  'A batch of three': '三个样本的一批',
  'Softmax classifier': 'Softmax 分类器',
  'Vanishing gradients': '梯度消失',
  'A dead ReLU': '失活的 ReLU',
  Convolution: '卷积层',
  '1D convolution': '一维卷积',
  'Digits, convolutional': '手写数字，卷积网络',
};

export const service: Readonly<Record<string, string>> = { ...conditions, ...examples };
