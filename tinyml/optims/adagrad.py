"""Adagrad: steps scaled by all gradients so far."""

from __future__ import annotations

from tinyml.core import Array, Backend
from tinyml.optims.base import Optimizer, State


class AdagradOptimizer(Optimizer):
    """Divides each step by the root of the sum of all squared gradients.

    Update:    g = ∂ℓ/∂w + λw;  s_new = s + g²;  t_new = t + 1;
               w_new = w − η / (1 + δ(t_new − 1)) · g / (√s_new + ε).
    Units:     `lr` is η ≥ 0; `lr_decay` is δ ≥ 0; `initial_sum` is the first s, ≥ 0; `epsilon` is ε ≥ 0;
               `weight_decay` is λ ≥ 0.
    State:     sum, s; count, t, of one entry, which starts at 0.
    Source:    Duchi, Hazan and Singer (2011), Adaptive subgradient methods, as in PyTorch's `Adagrad`.
    """

    type = "adagrad"
    scaled_by = "sum"

    def __init__(
        self,
        lr: float = 0.01,
        *,
        lr_decay: float = 0.0,
        initial_sum: float = 0.0,
        epsilon: float = 1e-10,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(lr)
        self.lr_decay = lr_decay
        self.initial_sum = initial_sum
        self.epsilon = epsilon
        self.weight_decay = weight_decay

    def change(self, tensor: Array, gradient: Array, state: State, out: Array | None = None) -> tuple[Array, State]:
        if self.weight_decay:
            gradient = gradient + self.weight_decay * tensor
        squares = state.get("sum", self.initial_sum) + gradient * gradient
        count = Backend.ones(1) + state.get("count", 0.0)
        rate = self.rate / (1 + (float(count[0]) - 1) * self.lr_decay)
        return Backend.divide(rate * gradient, Backend.sqrt(squares) + self.epsilon, out), {
            "sum": squares,
            "count": count,
        }
