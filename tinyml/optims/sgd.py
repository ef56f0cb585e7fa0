"""Gradient descent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml import equations as eq
from tinyml.core import Array, Backend
from tinyml.expression import Number, difference, product, total
from tinyml.layers.reasons import Explained
from tinyml.optims.base import DOUBLE, Optimizer, State
from tinyml.optims.reasons import decayed, decayed_matrix

if TYPE_CHECKING:
    from tinyml.explain.update_scope import UpdateScope


class SGDOptimizer(Optimizer):
    """Steps against the gradient, with momentum where asked.

    Update:    g = ∂ℓ/∂w + λw; without momentum w_new = w − ηg;
               with momentum μ: v_new = μv + g (at first v_new = g) and w_new = w − ηv_new;
               with Nesterov's look ahead: w_new = w − η(g + μv_new).
    Units:     `lr` is η ≥ 0; `momentum` is μ, None or 0 for none; `weight_decay` is λ ≥ 0.
    State:     velocity, v, where there is momentum.
    Errors:    ValueError for Nesterov without momentum.
    Source:    the chapter "Fully Connected Layers"; Sutskever et al. (2013) as in PyTorch's `SGD`.
    """

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
            # What was remembered before stays, for the momentum may be set again.
            return Backend.multiply(gradient, self._rate if gradient.dtype is DOUBLE else self._lr, out), state
        velocity = self.momentum * state.get("velocity", 0.0) + gradient
        ahead = gradient + self.momentum * velocity if self.nesterov else velocity
        return Backend.multiply(ahead, self.lr, out), {"velocity": velocity}

    def explain(self, scope: UpdateScope) -> Explained:
        if not self.momentum:
            law = "w_new = w − η (∂ℓ/∂w + λw)" if self.weight_decay else "w_new = w − η ∂ℓ/∂w"
            step = decayed(scope, self.weight_decay)
        elif self.nesterov:
            law = "Nesterov's momentum: w_new = w − η (g + μ v_new)"
            step = total([decayed(scope, self.weight_decay), product(self._friction(), scope.after("velocity"))])
        else:
            law, step = "Momentum: w_new = w − η v_new", scope.after("velocity")
        return Explained(f"Gradient descent: {law}", difference(scope.value, product(scope.rate, step)))

    def equation(self, scope: eq.UpdateTensors) -> eq.Node:
        step = decayed_matrix(scope, self.weight_decay)
        if self.momentum:
            velocity = scope.after("velocity")
            ahead = eq.times(eq.Scalar("μ", self.momentum), velocity)
            step = eq.add(step, ahead) if self.nesterov else velocity
        return eq.subtract(scope.value, eq.times(scope.rate, step))

    def explain_state(self, scope: UpdateScope, name: str) -> Explained:
        if not self.momentum or name != "velocity":
            return super().explain_state(scope, name)
        gradient, before = decayed(scope, self.weight_decay), scope.before(name)
        if before is None:
            return Explained("The first velocity is the gradient", gradient)
        return Explained("v_new = μv + g", total([product(self._friction(), before), gradient]))

    def _friction(self) -> Number:
        return Number(self.momentum or 0.0, "μ")
