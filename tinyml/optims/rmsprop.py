"""RMSProp: steps measured by how large the gradient usually is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml import equations as eq
from tinyml.core import Array, Backend
from tinyml.expression import Number, call, difference, power, product, quotient, total
from tinyml.layers.reasons import Explained
from tinyml.optims.base import Optimizer, State
from tinyml.optims.reasons import decayed, decayed_matrix, running

if TYPE_CHECKING:
    from tinyml.explain.update_scope import UpdateScope


class RMSPropOptimizer(Optimizer):
    """Divides each step by the root of a running mean of the squared gradient.

    Update:    g = ∂ℓ/∂w + λw;  s_new = αs + (1 − α)g²;  w_new = w − ηg / (√s_new + ε).
    Units:     `lr` is η ≥ 0; `decay` is α in [0, 1); `epsilon` is ε > 0; `weight_decay` is λ ≥ 0.
    State:     square, s, which starts at 0.
    Source:    Tieleman and Hinton (2012), lecture 6.5, as in PyTorch's `RMSprop`.
    """

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
        return Backend.divide(self.lr * gradient, Backend.sqrt(square) + self.epsilon, out), {"square": square}

    def explain(self, scope: UpdateScope) -> Explained:
        root = call("sqrt", scope.after("square"))
        step = quotient(
            product(scope.rate, decayed(scope, self.weight_decay)), total([root, Number(self.epsilon, "ε")])
        )
        return Explained("RMSProp: w_new = w − ηg / (√s_new + ε)", difference(scope.value, step))

    def equation(self, scope: eq.UpdateTensors) -> eq.Node:
        step = eq.times(scope.rate, decayed_matrix(scope, self.weight_decay))
        usual = eq.add(eq.root(scope.after("square")), eq.Scalar("ε", self.epsilon))
        return eq.subtract(scope.value, eq.quotient(step, usual))

    def explain_state(self, scope: UpdateScope, name: str) -> Explained:
        if name != "square":
            return super().explain_state(scope, name)
        square = power(decayed(scope, self.weight_decay), Number(2.0))
        return Explained("s_new = αs + (1 − α)g²", running(scope, name, Number(self.decay, "α"), square))
