/** Symbols as spoken text. */

import type { Words } from '../shape';

export const symbols: Words['symbols'] = {
  letters: {
    '∇': 'nabla',
    ℓ: '损失',
    η: '学习率',
    γ: 'gamma',
    β: 'beta',
    μ: 'mu',
    σ: 'sigma',
    α: 'alpha',
    δ: 'delta',
    Δ: '变化量',
    ε: 'epsilon',
    κ: 'kappa',
    λ: 'lambda',
  },
  whole: { η_0: '初始学习率' },
  updated: '新',
  gradient: (of) => `${of} 的梯度`,
  derivative: (of, by) => `${of} 关于 ${by} 的导数`,
  named: ({ letter, hat, primes, own, squared, inner, indices, layer, updated, sample }) =>
    [
      ...(sample === null ? [] : [`样本 ${sample} 中`]),
      ...(layer === null ? [] : [`第 ${layer} 层`]),
      ...(updated ? ['更新后的'] : []),
      ...(inner ? [`${inner} 的`] : []),
      letter + (hat ? ' 帽' : '') + ' 撇'.repeat(primes),
      ...(own ? [own] : []),
      ...(squared ? ['平方'] : []),
      ...(indices ? [indices] : []),
    ].join(' '),
};
