/** Symbols as spoken text. */

export interface Named {
  letter: string;
  hat: boolean;
  primes: number;
  /** A digit that is part of the letter, as in β₁. */
  own: string;
  squared: boolean;
  /** The argument of the letter, as in v(γ). */
  inner: string;
  indices: string;
  layer: string | null;
  updated: boolean;
  sample: number | null;
}

export const symbols = {
  letters: {
    '∇': 'nabla',
    ℓ: 'loss',
    η: 'learning rate',
    γ: 'gamma',
    β: 'beta',
    μ: 'mu',
    σ: 'sigma',
    α: 'alpha',
    δ: 'delta',
    Δ: 'change',
    ε: 'epsilon',
    κ: 'kappa',
    λ: 'lambda',
  } as Readonly<Record<string, string>>,
  /** Symbols whose index is no place. */
  whole: { η_0: 'initial learning rate' } as Readonly<Record<string, string>>,
  /** The mark of a parameter after the update. */
  updated: 'new',
  gradient: (of: string) => `gradient of ${of}`,
  derivative: (of: string, by: string) => `derivative of ${of} with respect to ${by}`,
  named: ({ letter, hat, primes, own, squared, inner, indices, layer, updated, sample }: Named): string =>
    [
      letter + (hat ? ' hat' : '') + ' prime'.repeat(primes),
      ...(own ? [own] : []),
      ...(squared ? ['squared'] : []),
      ...(inner ? [`of ${inner}`] : []),
      ...(indices ? [indices] : []),
      ...(layer === null ? [] : [`of layer ${layer}${updated ? ', updated' : ''}`]),
      ...(sample === null ? [] : [`in sample ${sample}`]),
    ].join(' '),
};
