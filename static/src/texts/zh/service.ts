/** What the service says, by its English words. A formula without words in it needs no entry. */

/** Kinds of layer by their type. */
export const layers: Readonly<Record<string, string>> = {
  Linear: '线性层',
  ReLu: 'ReLU',
  LeakyReLu: 'Leaky ReLU',
  Tanh: 'tanh',
  Conv2D: '卷积层',
  Deconv2D: '转置卷积层',
  MaxPool2D: '最大池化层',
  AvgPool2D: '平均池化层',
  MaxUnpool2D: '最大反池化层',
  Flatten: '展平层',
  Dropout: 'Dropout',
  BatchNorm: '批归一化层',
  LayerNorm: '层归一化层',
};

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
  'Leaves out each number with a chance and enlarges the others to make up for it; off when predicting.':
    '按一定概率丢弃每个数，并放大其余的数作为补偿；预测时不起作用。',
  'Batch normalization': '批归一化层',
  'Moves each feature to mean 0 and variance 1 over the batch, then to a mean β and a width γ that are learnt.':
    '使每个特征在整批样本上均值为 0、方差为 1，再变换为学得的均值 β 和宽度 γ。',
  'Layer normalization': '层归一化层',
  'Moves each sample to mean 0 and variance 1 over its numbers, then each to a mean β and a width γ of its own.':
    '使每个样本的各数均值为 0、方差为 1，再把每个数变换为各自的均值 β 和宽度 γ。',
  'Half squared error': '平方误差之半',
  "The chapter's loss, summed over outputs and samples.": '教材所用的损失，对输出和样本求和。',
  'Mean squared error': '均方误差',
  'The squared error averaged over outputs and samples.': '平方误差，对输出和样本取平均。',
  'Mean absolute error': '平均绝对误差',
  'The absolute error averaged over outputs and samples.': '绝对误差，对输出和样本取平均。',
  Huber: 'Huber 损失',
  'Squared where the error is at most delta, straight beyond it, averaged over outputs and samples.':
    '误差不超过 δ 时为平方，超过时为直线，对输出和样本取平均。',
  'Binary cross entropy': '二元交叉熵',
  'How surprised the chances σ(ŷ) are by the truth, averaged over samples; the targets are chances too.':
    '衡量概率 σ(ŷ) 与真实值的出入，对样本取平均；目标也是概率。',
  'Softmax cross entropy': 'Softmax 交叉熵',
  'How surprised the shares softmax(ŷ) are by the truth, averaged over samples; targets are shares or classes.':
    '衡量份额 softmax(ŷ) 与真实值的出入，对样本取平均；目标是份额或类别。',
  'Gradient descent': '梯度下降',
  'Gradient descent: w_new = w − η ∂ℓ/∂w; with momentum μ: v_new = μv + ∂ℓ/∂w, w_new = w − ηv_new.':
    '梯度下降：w_new = w − η ∂ℓ/∂w；带动量 μ 时：v_new = μv + ∂ℓ/∂w，w_new = w − ηv_new。',
  RMSProp: 'RMSProp',
  'Divides each step by the root of a running mean of the squared gradient: w_new = w − ηg / (√s_new + ε).':
    '把每一步除以梯度平方的滑动平均的平方根：w_new = w − ηg / (√s_new + ε)。',
  Adam: 'Adam',
  'Momentum, measured by how large the gradient usually is, and corrected for having started at 0.':
    '动量法，以梯度平常的大小为尺度，并对从 0 起步作修正。',
  AdamW: 'AdamW',
  'Adam with the weight decay apart from the gradient.': 'Adam，但权重衰减与梯度分开计算。',
};

const laws = {
  'Adam: w_new = w − η · m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)':
    'Adam：w_new = w − η · m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)',
  'AdamW: w_new = w − ηλw − η · m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)':
    'AdamW：w_new = w − ηλw − η · m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)',
  'Drawn by chance: r = 0 with chance p, else 1 / (1 − p)': '随机抽取：r 以概率 p 为 0，否则为 1 / (1 − p)',
  'Each ∇ goes to the largest of its window, the first of equals': '每个 ∇ 归窗口中最大的数；若有相等，归第一个',
  'Each ∇ is shared alike among the places of its window': '每个 ∇ 由窗口中的各个位置平分',
  'From its parts: ∂ℓ/∂ŷ = ∂ℓ/∂p · σ′(ŷ), with p = σ(ŷ)': '分步求得：∂ℓ/∂ŷ = ∂ℓ/∂p · σ′(ŷ)，其中 p = σ(ŷ)',
  'From its parts: ∂ℓ/∂ŷᵢ = Σₖ ∂ℓ/∂pₖ ∂pₖ/∂ŷᵢ, with p = softmax(ŷ)':
    '分步求得：∂ℓ/∂ŷᵢ = Σₖ ∂ℓ/∂pₖ ∂pₖ/∂ŷᵢ，其中 p = softmax(ŷ)',
  'Gradient descent: Momentum: w_new = w − η v_new': '梯度下降，带动量：w_new = w − η v_new',
  "Gradient descent: Nesterov's momentum: w_new = w − η (g + μ v_new)":
    '梯度下降，带 Nesterov 动量：w_new = w − η (g + μ v_new)',
  'Gradient descent: w_new = w − η (∂ℓ/∂w + λw)': '梯度下降：w_new = w − η (∂ℓ/∂w + λw)',
  'Gradient descent: w_new = w − η ∂ℓ/∂w': '梯度下降：w_new = w − η ∂ℓ/∂w',
  'It stays as it is': '保持不变',
  'frozen: it stays as it is': '已冻结：保持不变',
  'Jᵀ∇, with J the derivatives of the outputs': 'Jᵀ∇，其中 J 是各输出的导数',
  'Law 1: ∂ℓ/∂w = Xᵀ∇': '法则一：∂ℓ/∂w = Xᵀ∇',
  'Law 2, for the constant 1: Σₖ ∇ₖ bₖ': '法则二，用于常数 1：Σₖ ∇ₖ bₖ',
  'Law 2: ∂ℓ/∂X = ∇wᵀ': '法则二：∂ℓ/∂X = ∇wᵀ',
  'Nothing is dropped when predicting': '预测时不丢弃任何数',
  'Only ŷ − y counts: ∂ℓ/∂y = −∂ℓ/∂ŷ': '只取决于 ŷ − y：∂ℓ/∂y = −∂ℓ/∂ŷ',
  'RMSProp: w_new = w − ηg / (√s_new + ε)': 'RMSProp：w_new = w − ηg / (√s_new + ε)',
  'ReLU passes the gradient where z > 0 and stops it elsewhere': 'z > 0 时 ReLU 让梯度通过，否则截断',
  'The first velocity is the gradient': '最初的速度就是梯度',
  'The gradient passes where z > 0, and α of it elsewhere': 'z > 0 时梯度全部通过，否则只通过 α 倍',
  'The same number in another place': '同一个数，换了位置',
  'The sum over all paths to the loss, the largest first': '对通向损失的所有路径求和，最大的在前',
  'given, not computed': '已知，无须计算',
  "scaled: the value v of the table, less its column's mean m, over its standard deviation s":
    '缩放：表格中的值 v 减去该列的均值 m，再除以标准差 s',
  "scaled: the value v of the table, less its column's least m, over its range s":
    '缩放：表格中的值 v 减去该列的最小值 m，再除以极差 s',
  'h = r z, r the mask': 'h = r z，r 是掩码',
  'h = z where z > 0, else α(e^z − 1)': 'z > 0 时 h = z，否则为 α(e^z − 1)',
  'h = z where z > 0, else αz': 'z > 0 时 h = z，否则为 αz',
  'hᵢ = e^(zᵢ − m) / Σₖ e^(zₖ − m), m the largest z': 'hᵢ = e^(zᵢ − m) / Σₖ e^(zₖ − m)，m 是最大的 z',
  'h′ = 1 where z > 0, else αe^z': 'z > 0 时 h′ = 1，否则为 αe^z',
  'h′ = Φ(z) + z φ(z), φ(z) = e^(−z²/2) / √(2π)': 'h′ = Φ(z) + z φ(z)，φ(z) = e^(−z²/2) / √(2π)',
  'it moves on in training only': '只在训练时变动',
  'running_new = (1 − α) running + α · that of the batch': '新的滑动值 = (1 − α) · 原滑动值 + α · 本批的值',
  'running_new = (1 − α) running + α · that of the batch, unbiased: σ² M / (M − 1)':
    '新的滑动值 = (1 − α) · 原滑动值 + α · 本批的无偏值：σ² M / (M − 1)',
  'the running one, which does not depend on x': '滑动值，与 x 无关',
  'y = the largest of the window': 'y = 窗口中最大的数',
  'y = the mean of the window': 'y = 窗口的平均值',
  'y = Σ x w over all that paint here': 'y = Σ x w，对画到此处的所有数求和',
  'y = Σ x w over the window; what lies in the padding is 0': 'y = Σ x w，对窗口求和；落在填充中的为 0',
  'y = Σ x w + b over all that paint here': 'y = Σ x w + b，对画到此处的所有数求和',
  'y = Σ x w + b over the window; what lies in the padding is 0': 'y = Σ x w + b，对窗口求和；落在填充中的为 0',
  'μ = Σ x / M over the numbers that are normalized together': 'μ = Σ x / M，对一同归一化的各数求和',
  'ℓ = Σ (ŷ − y)² / M over all M entries': 'ℓ = Σ (ŷ − y)² / M，对全部 M 个分量求和',
  'ℓ = Σ |ŷ − y| / M over all M entries': 'ℓ = Σ |ŷ − y| / M，对全部 M 个分量求和',
  'ℓ = Σ ρ(ŷ − y) / M over all M entries': 'ℓ = Σ ρ(ŷ − y) / M，对全部 M 个分量求和',
  'ℓ = Σ y (log Σₖ e^(ŷₖ − m) − (ŷ − m)) / N, m the largest ŷ of the sample: −log p straight from the scores':
    'ℓ = Σ y (log Σₖ e^(ŷₖ − m) − (ŷ − m)) / N，m 是该样本最大的 ŷ：−log p 直接由得分算出',
  'A p is so close to 0 or 1 that its logarithm has lost digits, so from the scores: ℓ = Σ y (log Σₖ e^(ŷₖ − m) − (ŷ − m)) / N, m the largest ŷ of the sample: −log p straight from the scores':
    '某个 p 离 0 或 1 太近，它的对数已丢失有效数字，因此直接由得分计算：ℓ = Σ y (log Σₖ e^(ŷₖ − m) − (ŷ − m)) / N，m 是该样本最大的 ŷ：−log p 直接由得分算出',
  'ℓ = Σ (max(ŷ, 0) − yŷ + log(1 + e^(−|ŷ|))) / N: the same from the scores, where no logarithm meets 0':
    'ℓ = Σ (max(ŷ, 0) − yŷ + log(1 + e^(−|ŷ|))) / N：同一个数直接由得分算出，对数不会遇到 0',
  'A p is so close to 0 or 1 that its logarithm has lost digits, so from the scores: ℓ = Σ (max(ŷ, 0) − yŷ + log(1 + e^(−|ŷ|))) / N: the same from the scores, where no logarithm meets 0':
    '某个 p 离 0 或 1 太近，它的对数已丢失有效数字，因此直接由得分计算：ℓ = Σ (max(ŷ, 0) − yŷ + log(1 + e^(−|ŷ|))) / N：同一个数直接由得分算出，对数不会遇到 0',
  'A p is so close to 0 or 1 that its logarithm has lost digits, so from the scores: −log p = log Σₖ e^(ŷₖ − m) − (ŷ − m)':
    '某个 p 离 0 或 1 太近，它的对数已丢失有效数字，因此直接由得分计算：−log p = log Σₖ e^(ŷₖ − m) − (ŷ − m)',
  'ℓ = −Σ (y log p + (1 − y) log(1 − p)) / N over the N samples, p = σ(ŷ); parts that are 0 are left out':
    'ℓ = −Σ (y log p + (1 − y) log(1 − p)) / N，对 N 个样本求和，p = σ(ŷ)；等于 0 的部分略去',
  'ℓ = −Σ y log p / N over the N samples, p = softmax(ŷ); terms with y = 0 are 0 and left out':
    'ℓ = −Σ y log p / N，对 N 个样本求和，p = softmax(ŷ)；y = 0 的项等于 0，略去',
  'p = e^(ŷ − m) / Σₖ e^(ŷₖ − m), m the largest ŷ: the same shares, and no exponential is too large':
    'p = e^(ŷ − m) / Σₖ e^(ŷₖ − m)，m 是最大的 ŷ：份额不变，而指数都不会过大',
  'p = e^(ŷ − m) / Σₖ e^(ŷₖ − m), m the largest ŷ: e^ŷ alone is too large or too small for a float':
    'p = e^(ŷ − m) / Σₖ e^(ŷₖ − m)，m 是最大的 ŷ：单独的 e^ŷ 对浮点数来说过大或过小',
  'y = 0: this p takes no part in ℓ': 'y = 0：这个 p 不参与 ℓ',
  '∂hₖ/∂zᵢ = hₖ (1 − hᵢ) for k = i, else hₖ (0 − hᵢ)': '∂hₖ/∂zᵢ：k = i 时为 hₖ (1 − hᵢ)，否则为 hₖ (0 − hᵢ)',
  '∂yₖ/∂xᵢ = γₖ / √(σ² + ε) · (1 or 0 − 1/M − x̂ᵢ x̂ₖ / M), 1 for k = i':
    '∂yₖ/∂xᵢ = γₖ / √(σ² + ε) · (1 或 0 − 1/M − x̂ᵢ x̂ₖ / M)，k = i 时取 1',
  '∂ℓ/∂Z = ∂ℓ/∂H ⊙ f′(Z), entry by entry': '∂ℓ/∂Z = ∂ℓ/∂H ⊙ f′(Z)，逐元素相乘',
  '∂ℓ/∂b = 1ᵀ∇: each column of ∇, added up': '∂ℓ/∂b = 1ᵀ∇：∇ 的各列分别求和',
  '∂ℓ/∂b = Σ ∇ over the batch and all places': '∂ℓ/∂b = Σ ∇，对整批样本和所有位置求和',
  '∂ℓ/∂b = ∇, summed over the batch': '∂ℓ/∂b = ∇，对整批样本求和',
  '∂ℓ/∂w = Σ ∇ x over the batch and all windows': '∂ℓ/∂w = Σ ∇ x，对整批样本和所有窗口求和',
  '∂ℓ/∂x = (g − mean g − x̂ mean(g x̂)) / √(σ² + ε), with g = γ∇':
    '∂ℓ/∂x = (g − g 的均值 − x̂ · (g x̂) 的均值) / √(σ² + ε)，其中 g = γ∇',
  '∂ℓ/∂x = Σ ∇ w over all that it paints': '∂ℓ/∂x = Σ ∇ w，对它画到的所有位置求和',
  '∂ℓ/∂x = Σ ∇ w over the windows that the pixel lies in': '∂ℓ/∂x = Σ ∇ w，对该像素所在的所有窗口求和',
  '∂ℓ/∂ℓ = 1: the backward pass starts here': '∂ℓ/∂ℓ = 1：反向传播由此开始',
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
  'Digits, convolutional': '手写数字，卷积网络',
};

export const service: Readonly<Record<string, string>> = { ...kinds, ...laws, ...conditions, ...examples };
