/** The verdicts of the gradient check and their reasons; the inspector uses them, too. */

import type { Say, Words } from '../shape';

export const verdicts = (say: Say): Words['verdicts'] => ({
  names: { agrees: '一致', differs: '不一致', kink: '折点', undecided: '无法判定' },
  grounds: {
    complexStep: '由复步长法求得',
    quotient: (epsilon) => say`由步长 ${epsilon} 的两个损失求得`,
    agrees: (by, exact, estimate, bound) =>
      exact
        ? say`${by}的值是 ${estimate}。反向传播与它之差不超过舍入误差所能解释的 ${bound}。`
        : say`${by}的值是 ${estimate}。反向传播与它之差不超过舍入误差和截断误差所能解释的 ${bound}。`,
    differs: (by, exact, estimate, bound) =>
      exact
        ? say`${by}的值是 ${estimate}。反向传播与它之差超过舍入误差所能解释的 ${bound}。`
        : say`${by}的值是 ${estimate}。反向传播与它之差超过舍入误差和截断误差所能解释的 ${bound}。`,
    noNumber: (by, estimate) => say`${by}的值是 ${estimate}。反向传播给出的不是有限的数。`,
    kink: (left, right, analytic, bound) =>
      say`损失在这里有折点：左侧的斜率是 ${left}，右侧的斜率是 ${right}。反向传播取 ${analytic}，介于两者之间，误差不超过 ${bound}。`,
    branch: (left, right, epsilon, estimate, analytic, bound) =>
      say`损失在这里有折点：左侧的斜率是 ${left}，右侧的斜率是 ${right}。某一层的几个分支在此相接（例如所比较的数相等），反向传播沿其中一个分支。沿这个分支，步长为 ${epsilon} 的两个损失给出 ${estimate}。反向传播的 ${analytic} 与它之差不超过舍入误差和截断误差所能解释的 ${bound}。`,
    outside: (left, right, analytic) =>
      say`损失在这里有折点：左侧的斜率是 ${left}，右侧的斜率是 ${right}。反向传播取 ${analytic}，不在两者之间，也不是它所沿分支的斜率。`,
    undecided: (bound) =>
      say`从 0.1 到 10⁻¹² 没有步长能够判定：至多 ${bound} 可能是舍入误差和截断误差，而导数不超过它的十倍。`,
    nothing: () => say`这里的损失和导数不全是有限的数，因此没有步长能够判定。`,
  },
});
