"""Adam and AdamW: steps from running means of the gradient and of its square."""

from __future__ import annotations

from tinyml.core import Array, Backend
from tinyml.optims.base import Optimizer, State


class AdamOptimizer(Optimizer):
    """Adam: momentum, scaled by the typical size of the gradient, by default with bias correction.

    Update:    g = ∂ℓ/∂w + λw;  m_new = β₁m + (1 − β₁)g;  s_new = β₂s + (1 − β₂)g²;  t_new = t + 1;
               w_new = w − η · m_new / (1 − β₁^t_new) / (√(s_new / (1 − β₂^t_new)) + ε);
               without bias correction w_new = w − η · m_new / (√s_new + ε).
    Units:     `lr` is η ≥ 0; `betas` are β₁ and β₂ in [0, 1); `epsilon` is ε ≥ 0; `weight_decay` is λ ≥ 0;
               `bias_correction` says whether there is bias correction.
    State:     mean, m, and square, s, which start at 0; count, t, of one entry.
    Source:    Kingma and Ba (2015), Adam: a method for stochastic optimization.
    """

    type = "adam"
    scaled_by = "square"

    def __init__(
        self,
        lr: float = 0.001,
        betas: tuple[float, float] = (0.9, 0.999),
        *,
        epsilon: float = 1e-8,
        weight_decay: float = 0.0,
        bias_correction: bool = True,
    ) -> None:
        super().__init__(lr)
        self.betas = betas
        self.epsilon = epsilon
        self.weight_decay = weight_decay
        self.bias_correction = bias_correction

    @property
    def along(self) -> str | None:
        return "mean"

    def change(self, tensor: Array, gradient: Array, state: State, out: Array | None = None) -> tuple[Array, State]:
        gradient, shrinking = self.decay(tensor, gradient)
        of_mean, of_square = self.betas
        mean, square = (1 - of_mean) * gradient, (1 - of_square) * gradient * gradient
        count = Backend.ones(1)
        mean += of_mean * state.get("mean", 0.0)
        square += of_square * state.get("square", 0.0)
        count += state.get("count", 0.0)
        steps = float(count[0])
        # The sum of the weights of all gradients in the means: below 1, since the means start at 0.
        filled = (1 - of_mean**steps, 1 - of_square**steps) if self.bias_correction else (1.0, 1.0)
        scale = Backend.sqrt(square / filled[1]) + self.epsilon
        change = self.rate / filled[0] * mean / scale
        return Backend.add(change, shrinking, out), {"mean": mean, "square": square, "count": count}

    def decay(self, tensor: Array, gradient: Array) -> tuple[Array, Array | float]:
        """Return the gradient with weight decay, and the decoupled decay: here it is part of the gradient."""
        return gradient + self.weight_decay * tensor if self.weight_decay else gradient, 0.0


class AdamWOptimizer(AdamOptimizer):
    """Adam with decoupled weight decay.

    Update:    as Adam's with g = ∂ℓ/∂w, from (1 − ηλ)w in place of w.
    Units:     as Adam's; `weight_decay` is λ, 0.01 by default.
    State:     as Adam's.
    Source:    Loshchilov and Hutter (2019), Decoupled weight decay regularization.
    """

    type = "adamw"

    def __init__(
        self,
        lr: float = 0.001,
        betas: tuple[float, float] = (0.9, 0.999),
        *,
        epsilon: float = 1e-8,
        weight_decay: float = 0.01,
        bias_correction: bool = True,
    ) -> None:
        super().__init__(lr, betas, epsilon=epsilon, weight_decay=weight_decay, bias_correction=bias_correction)

    def decay(self, tensor: Array, gradient: Array) -> tuple[Array, Array | float]:
        """Return the gradient with weight decay, and the decoupled decay: here all of it."""
        return gradient, self.rate * self.weight_decay * tensor
