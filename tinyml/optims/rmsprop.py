"""RMSProp: steps scaled by the typical size of the gradient."""

from __future__ import annotations

from tinyml.core import Array, Backend
from tinyml.optims.base import Optimizer, State


class RMSPropOptimizer(Optimizer):
    """Divides each step by the root of a running mean of the squared gradient.

    Update:    g = ∂ℓ/∂w + λw;  s_new = αs + (1 − α)g²;  w_new = w − ηg / (√s_new + ε).
    Units:     `lr` is η ≥ 0; `decay` is α in [0, 1); `epsilon` is ε ≥ 0; `weight_decay` is λ ≥ 0.
    State:     square, s, which starts at 0.
    Source:    Tieleman and Hinton (2012), lecture 6.5, as in PyTorch's `RMSprop`.
    """

    type = "rmsprop"
    scaled_by = "square"

    def __init__(
        self, lr: float = 0.01, decay: float = 0.99, *, epsilon: float = 1e-8, weight_decay: float = 0.0
    ) -> None:
        super().__init__(lr)
        self.decay = decay
        self.epsilon = epsilon
        self.weight_decay = weight_decay

    def change(self, tensor: Array, gradient: Array, state: State, out: Array | None = None) -> tuple[Array, State]:
        if self.weight_decay:
            gradient = gradient + self.weight_decay * tensor
        square = self.decay * state.get("square", 0.0) + (1 - self.decay) * gradient * gradient
        return Backend.divide(self.rate * gradient, Backend.sqrt(square) + self.epsilon, out), {"square": square}
