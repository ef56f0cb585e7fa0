"""Gradient descent."""

from __future__ import annotations

from typing import Literal

from tinyml.core import Array, Backend, Program
from tinyml.optims.base import DOUBLE, Optimizer, State

MomentumForm = Literal["velocity", "previous_change"]


class SGDOptimizer(Optimizer):
    """Stochastic gradient descent, with optional momentum.

    Update:    g = ∂ℓ/∂w + λw; without momentum w_new = w − ηg;
               with momentum μ: v_new = μv + g (at first v_new = g) and w_new = w − ηv_new;
               with Nesterov's look ahead: w_new = w − η(g + μv_new);
               with the momentum form "previous_change", as textbooks write it: Δ_new = μΔ − ηg and
               w_new = w + Δ_new, or with Nesterov's look ahead w_new = w + μΔ_new − ηg. With a constant η
               both forms give the same numbers; after a change of η they differ.
    Units:     `lr` is η ≥ 0; `momentum` is μ, None or 0 for none; `weight_decay` is λ ≥ 0.
    State:     where there is momentum, velocity, v, or in the other form change, Δ; each starts at 0.
    Errors:    ValueError for Nesterov without momentum.
    Source:    the chapter "Fully Connected Layers"; Sutskever et al. (2013) as in PyTorch's `SGD`.
    """

    type = "sgd"

    def __init__(
        self,
        lr: float,
        momentum: float | None = None,
        *,
        nesterov: bool = False,
        weight_decay: float = 0.0,
        momentum_form: MomentumForm = "velocity",
    ) -> None:
        super().__init__(lr)
        if nesterov and not momentum:
            raise ValueError(
                "SGDOptimizer: Nesterov looks ahead along the momentum, and there is none; set momentum, such as 0.9."
            )
        self.momentum = momentum
        self.nesterov = nesterov
        self.weight_decay = weight_decay
        self.momentum_form = momentum_form

    @property
    def as_one(self) -> bool:
        return not self.momentum and not self.overrides_update and self.decays_alike

    def steady_program(self, tensor: Array, gradient: Array, change: Array) -> Program:
        if not self.as_one or self.weight_decay or type(self).change is not SGDOptimizer.change:
            return []
        rate = self._operand if gradient.dtype is DOUBLE else self.rate
        return [(Backend.multiply, gradient, rate, change), (Backend.subtract, tensor, change, tensor)]

    @property
    def along(self) -> str | None:
        if not self.momentum:
            return None
        return "change" if self.adds else "velocity"

    @property
    def adds(self) -> bool:
        return self.momentum_form == "previous_change"

    def change(self, tensor: Array, gradient: Array, state: State, out: Array | None = None) -> tuple[Array, State]:
        if self.weight_decay:
            gradient = gradient + self.weight_decay * tensor
        if not self.momentum:
            # Earlier state is kept, because the momentum may be set again.
            return Backend.multiply(gradient, self._operand if gradient.dtype is DOUBLE else self.rate, out), state
        if self.adds:
            step = self.rate * gradient
            change = self.momentum * state.get("change", 0.0) - step
            # Returned is what the step subtracts.
            if self.nesterov:
                return Backend.subtract(step, self.momentum * change, out), {"change": change}
            return Backend.negative(change, out), {"change": change}
        velocity = self.momentum * state.get("velocity", 0.0) + gradient
        ahead = gradient + self.momentum * velocity if self.nesterov else velocity
        return Backend.multiply(ahead, self.rate, out), {"velocity": velocity}
