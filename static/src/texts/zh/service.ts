/** What the service says, by its English words. A formula without words in it needs no entry. */

import messages from '../../../../tinyml/narrate/messages/zh.json';

const kinds = {
  Linear: '线性层',
  'Joins every input to every output by a weight: Ŷ = Xw + b.': '用权重把每个输入与每个输出相连：Ŷ = Xw + b。',
  ReLU: 'ReLU',
  'Lets what is positive pass and stops the rest: h = max(z, 0).': '正数通过，其余截断：h = max(z, 0)。',
  'Leaky ReLU': 'Leaky ReLU',
  'Lets what is positive pass, and a little of the rest: h = z where z > 0, else αz with α the slope.':
    '正数通过，其余只通过一小部分：z > 0 时 h = z，否则为 αz，α 是斜率。',
  ELU: 'ELU',
  'Lets what is positive pass, and bends the rest: h = z where z > 0, else α(e^z − 1).':
    '正数通过，其余弯成曲线：z > 0 时 h = z，否则为 α(e^z − 1)。',
  GELU: 'GELU',
  'Lets each number pass with the chance that a standard normal variable lies below it: h = z Φ(z).':
    '每个数按标准正态变量小于它的概率通过：h = z Φ(z)。',
  SiLU: 'SiLU',
  'Multiplies each number by its logistic function, also called swish: h = z σ(z).':
    '把每个数乘以它的 logistic 函数值，也称 swish：h = z σ(z)。',
  Softplus: 'Softplus',
  'Rounds the corner of the rectifier: h = log(1 + e^z).': '把 ReLU 的拐角变得光滑：h = log(1 + e^z)。',
  Sigmoid: 'Sigmoid',
  'Squeezes every number into (0, 1): h = 1 / (1 + e^(−z)).': '把每个数压缩到 (0, 1) 之内：h = 1 / (1 + e^(−z))。',
  Tanh: 'tanh',
  'Squeezes every number into (−1, 1): h = tanh(z).': '把每个数压缩到 (−1, 1) 之内：h = tanh(z)。',
  Softmax: 'Softmax',
  "Turns a sample's scores into positive shares that add up to one: hᵢ = e^(zᵢ) / Σₖ e^(zₖ).":
    '把样本的得分变为总和为 1 的正数份额：hᵢ = e^(zᵢ) / Σₖ e^(zₖ)。',
  Convolution: '卷积层',
  'Lays each filter over every window of the image and sums the products: y = Σ xw + b, without flipping it.':
    '把每个卷积核放到图像的每个窗口上，对乘积求和：y = Σ xw + b，卷积核不翻转。',
  'Convolution over a sequence': '一维卷积层',
  'Lays each filter over every window of the sequence and sums the products: y = Σ xw + b, without flipping it.':
    '把每个卷积核放到序列的每个窗口上，对乘积求和：y = Σ xw + b，卷积核不翻转。',
  'Transposed convolution': '转置卷积层',
  'Lets every number of a small image paint a filter into a larger one: the transpose of a convolution.':
    '小图像中的每个数把卷积核画到较大的图像上：即卷积的转置。',
  'Max pooling': '最大池化层',
  'Keeps the largest number of each window; windows may overlap, but leave no row or column over.':
    '保留每个窗口中最大的数；窗口可以重叠，但不能有剩下的行或列。',
  'Average pooling': '平均池化层',
  'Keeps the mean of each window; windows may overlap, but leave no row or column over.':
    '保留每个窗口的平均值；窗口可以重叠，但不能有剩下的行或列。',
  Flatten: '展平层',
  "Writes each sample's numbers in one row, the last axis running fastest.":
    '把每个样本的数写成一行，最后一个轴变化最快。',
  Dropout: 'Dropout',
  'Sets each number to 0 with a probability and scales the others up to compensate; off in evaluation mode.':
    '按一定概率将每个数置 0，并放大其余的数作为补偿；评估模式下不起作用。',
  'Batch normalization': '批归一化层',
  'Moves each feature to mean 0 and variance 1 over the batch, then to a mean β and a width γ that are learnt.':
    '使每个特征在整批样本上均值为 0、方差为 1，再变换为学得的均值 β 和宽度 γ。',
  'RMS normalization': 'RMS 归一化层',
  'Divides each sample by the root of the mean of its squares, then multiplies each number by a learned γ.':
    '把每个样本除以其平方均值的平方根，再把每个数乘以学到的 γ。',
  'Layer normalization': '层归一化层',
  'Moves each sample to mean 0 and variance 1 over its numbers, then each number to a learnt mean β and width γ.':
    '使每个样本的各数均值为 0、方差为 1，再把每个数变换为各自的均值 β 和宽度 γ。',
  'Half squared error': messages['kind.half_squared_error'],
  "The chapter's loss, summed over outputs and samples.": '教材所用的损失，对输出和样本求和。',
  'Mean squared error': messages['kind.mean_squared_error'],
  'The squared error averaged over outputs and samples.': '平方误差，对输出和样本取平均。',
  'Mean absolute error': messages['kind.mean_absolute_error'],
  'The absolute error averaged over outputs and samples.': '绝对误差，对输出和样本取平均。',
  Huber: messages['kind.huber'],
  'Squared where the error is at most delta, straight beyond it, averaged over outputs and samples.':
    '误差不超过 δ 时为平方，超过时为直线，对输出和样本取平均。',
  Hinge: messages['kind.hinge'],
  'How far outputs are short of the margin 1 on the side of their targets, −1 or +1, averaged over all of them.':
    '每个输出在目标一侧距离间隔 1 还差多少，目标为 −1 或 +1，对输出和样本取平均。',
  'The output itself': messages['kind.output'],
  'The output itself, summed over outputs and samples: every gradient is that of the output. It takes no targets.':
    '输出本身，对输出和样本求和：每个梯度都是输出的梯度。不需要目标。',
  'Given gradient': messages['kind.given_gradient'],
  'The gradient of the outputs is given, as if later layers had sent it back; ℓ = Σ gŷ. It takes no targets.':
    '输出的梯度是给定的，如同由后面的层传回；ℓ = Σ gŷ。不需要目标。',
  'Binary cross entropy': messages['kind.binary_cross_entropy'],
  'How surprised the chances σ(ŷ) are by the truth, averaged over samples; the targets are chances too.':
    '衡量概率 σ(ŷ) 与真实值的出入，对样本取平均；目标也是概率。',
  'Softmax cross entropy': messages['kind.softmax_cross_entropy'],
  'How surprised the shares softmax(ŷ) are by the truth, averaged over samples; targets are shares or classes.':
    '衡量份额 softmax(ŷ) 与真实值的出入，对样本取平均；目标是份额或类别。',
  'Gradient descent': messages['kind.sgd'],
  'Gradient descent: w_new = w − η ∂ℓ/∂w; with momentum μ: v_new = μv + ∂ℓ/∂w, w_new = w − ηv_new.':
    '梯度下降：w_new = w − η ∂ℓ/∂w；带动量 μ 时：v_new = μv + ∂ℓ/∂w，w_new = w − ηv_new。',
  RMSProp: messages['kind.rmsprop'],
  'Divides each step by the root of a running mean of the squared gradient: w_new = w − ηg / (√s_new + ε).':
    '把每一步除以梯度平方的滑动平均的平方根：w_new = w − ηg / (√s_new + ε)。',
  Adam: messages['kind.adam'],
  'Momentum, measured by how large the gradient usually is, and corrected for having started at 0.':
    '动量法，以梯度平常的大小为尺度，并对从 0 起步作修正。',
  AdamW: messages['kind.adamw'],
  'Adam with the weight decay apart from the gradient.': 'Adam，但权重衰减与梯度分开计算。',
};

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
  'Convolution over a sequence': '序列上的卷积',
  'Digits, convolutional': '手写数字，卷积网络',
};

export const service: Readonly<Record<string, string>> = { ...kinds, ...conditions, ...examples };
