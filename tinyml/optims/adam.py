"""Adam and AdamW: steps from running means of the gradient and of its square."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml import equations as eq
from tinyml.core import Array, Backend
from tinyml.expression import Expression, Number, call, difference, power, product, quotient, total
from tinyml.layers.reasons import Explained
from tinyml.optims.base import Optimizer, State
from tinyml.optims.reasons import decayed, running

if TYPE_CHECKING:
    from tinyml.explain.update_scope import UpdateScope


class AdamOptimizer(Optimizer):
    """Adam: momentum, measured by how large the gradient usually is, and corrected for having started at 0.

    Update:    g = ∂ℓ/∂w + λw;  m_new = β₁m + (1 − β₁)g;  s_new = β₂s + (1 − β₂)g²;  t_new = t + 1;
               w_new = w − η · m_new / (1 − β₁^t_new) / (√(s_new / (1 − β₂^t_new)) + ε).
    Units:     `lr` is η ≥ 0; `betas` are β₁ and β₂ in [0, 1); `epsilon` is ε > 0; `weight_decay` is λ ≥ 0.
    State:     mean, m, and square, s, which start at 0; count, t, of one entry.
    Source:    Kingma and Ba (2015), Adam: a method for stochastic optimization.
    """

    law = "Adam: w_new = w − η · m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)"

    def __init__(
        self,
        lr: float = 0.001,
        betas: tuple[float, float] = (0.9, 0.999),
        *,
        epsilon: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(lr)
        self.betas = betas
        self.epsilon = epsilon
        self.weight_decay = weight_decay

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
        scale = Backend.sqrt(square / (1 - of_square**steps)) + self.epsilon
        change = self.lr / (1 - of_mean**steps) * mean / scale
        return Backend.add(change, shrinking, out), {"mean": mean, "square": square, "count": count}

    def decay(self, tensor: Array, gradient: Array) -> tuple[Array, Array | float]:
        """The gradient with weight decay, and what the decay takes away by itself: here it is part of the gradient."""
        return gradient + self.weight_decay * tensor if self.weight_decay else gradient, 0.0

    def explain(self, scope: UpdateScope) -> Explained:
        count, epsilon = scope.after("count"), Number(self.epsilon, "ε")
        of_mean, of_square = self._shares()
        mean = quotient(scope.after("mean"), difference(Number(1.0), power(of_mean, count)))
        square = quotient(scope.after("square"), difference(Number(1.0), power(of_square, count)))
        step = quotient(product(scope.rate, mean), total([call("sqrt", square), epsilon]))
        return Explained(self.law, difference(self.explained_start(scope), step))

    def equation(self, scope: eq.UpdateTensors) -> eq.Node:
        one = eq.Scalar("1", 1.0)
        of_mean, of_square = (
            eq.subtract(one, eq.power(eq.Scalar(symbol, share), scope.count))
            for symbol, share in zip(("β_1", "β_2"), self.betas, strict=True)
        )
        step = eq.times(eq.quotient(scope.rate, of_mean), scope.after("mean"))
        usual = eq.add(eq.root(eq.quotient(scope.after("square"), of_square)), eq.Scalar("ε", self.epsilon))
        return eq.subtract(self.equation_start(scope), eq.quotient(step, usual))

    def equation_start(self, scope: eq.UpdateTensors) -> eq.Node:
        """What the step is taken from, as `decay` has it."""
        return scope.value

    def explain_state(self, scope: UpdateScope, name: str) -> Explained:
        of_mean, of_square = self._shares()
        before, gradient = scope.before(name), self.explained_gradient(scope)
        match name:
            case "mean":
                return Explained("m_new = β₁m + (1 − β₁)g", running(scope, name, of_mean, gradient))
            case "square":
                square = power(gradient, Number(2.0))
                return Explained("s_new = β₂s + (1 − β₂)g²", running(scope, name, of_square, square))
            case "count":
                one = Number(1.0)
                return Explained("t_new = t + 1", one if before is None else total([before, one]))
        return super().explain_state(scope, name)

    def explained_gradient(self, scope: UpdateScope) -> Expression:
        """The gradient with weight decay, as `decay` has it."""
        return decayed(scope, self.weight_decay)

    def explained_start(self, scope: UpdateScope) -> Expression:
        """What the step is taken from, as `decay` has it."""
        return scope.value

    def _shares(self) -> tuple[Number, Number]:
        of_mean, of_square = self.betas
        return Number(of_mean, "β_1"), Number(of_square, "β_2")


class AdamWOptimizer(AdamOptimizer):
    """Adam with the weight decay apart from the gradient.

    Update:    as Adam's with g = ∂ℓ/∂w, from (1 − ηλ)w in place of w.
    Units:     as Adam's; `weight_decay` is λ, 0.01 by default.
    State:     as Adam's.
    Source:    Loshchilov and Hutter (2019), Decoupled weight decay regularization.
    """

    law = "AdamW: w_new = w − ηλw − η · m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)"

    def __init__(
        self,
        lr: float = 0.001,
        betas: tuple[float, float] = (0.9, 0.999),
        *,
        epsilon: float = 1e-8,
        weight_decay: float = 0.01,
    ) -> None:
        super().__init__(lr, betas, epsilon=epsilon, weight_decay=weight_decay)

    def decay(self, tensor: Array, gradient: Array) -> tuple[Array, Array | float]:
        """The gradient with weight decay, and what the decay takes away by itself: here all of it."""
        return gradient, self.lr * self.weight_decay * tensor

    def explained_gradient(self, scope: UpdateScope) -> Expression:
        return scope.gradient

    def explained_start(self, scope: UpdateScope) -> Expression:
        shrunk = product(scope.rate, Number(self.weight_decay, "λ"), scope.value)
        return difference(scope.value, shrunk) if self.weight_decay else scope.value

    def equation_start(self, scope: eq.UpdateTensors) -> eq.Node:
        shrunk = eq.times(scope.rate, eq.Scalar("λ", self.weight_decay), scope.value)
        return eq.subtract(scope.value, shrunk) if self.weight_decay else scope.value
