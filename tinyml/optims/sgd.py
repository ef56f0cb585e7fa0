"""Gradient descent."""

from __future__ import annotations

from tinyml.core import Array, Backend
from tinyml.optims.base import DOUBLE, Optimizer, State


class SGDOptimizer(Optimizer):
    """Stochastic gradient descent, with optional momentum.

    Update:    g = ∂ℓ/∂w + λw; without momentum w_new = w − ηg;
               with momentum μ: v_new = μv + g (at first v_new = g) and w_new = w − ηv_new;
               with Nesterov's look ahead: w_new = w − η(g + μv_new).
    Units:     `lr` is η ≥ 0; `momentum` is μ, None or 0 for none; `weight_decay` is λ ≥ 0.
    State:     velocity, v, where there is momentum.
    Errors:    ValueError for Nesterov without momentum.
    Source:    the chapter "Fully Connected Layers"; Sutskever et al. (2013) as in PyTorch's `SGD`.
    """

    type = "sgd"

    def __init__(
        self, lr: float, momentum: float | None = None, *, nesterov: bool = False, weight_decay: float = 0.0
    ) -> None:
        super().__init__(lr)
        if nesterov and not momentum:
            raise ValueError(
                "SGDOptimizer: Nesterov looks ahead along the momentum, and there is none; set momentum, such as 0.9."
            )
        self.momentum = momentum
        self.nesterov = nesterov
        self.weight_decay = weight_decay

    @property
    def as_one(self) -> bool:
        return not self.momentum and not self.overrides_update

    @property
    def along(self) -> str | None:
        return "velocity" if self.momentum else None

    def change(self, tensor: Array, gradient: Array, state: State, out: Array | None = None) -> tuple[Array, State]:
        if self.weight_decay:
            gradient = gradient + self.weight_decay * tensor
        if not self.momentum:
            # Earlier state is kept, because the momentum may be set again.
            return Backend.multiply(gradient, self._rate if gradient.dtype is DOUBLE else self._lr, out), state
        velocity = self.momentum * state.get("velocity", 0.0) + gradient
        ahead = gradient + self.momentum * velocity if self.nesterov else velocity
        return Backend.multiply(ahead, self.lr, out), {"velocity": velocity}
