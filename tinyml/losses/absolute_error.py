"""The errors that grow in a straight line: absolute, and Huber's, which rounds the corner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinyml import equations as eq
from tinyml.core import Array, Backend, Program
from tinyml.expression import Expression, Number, call, choice, difference, power, product, quotient
from tinyml.layers.reasons import Explained, Index
from tinyml.losses.base import Loss
from tinyml.losses.site import LossSite

if TYPE_CHECKING:
    from tinyml.explain.loss_scope import LossScope


def _error(scope: eq.LossTensors) -> eq.Node:
    return eq.subtract(scope.predicted, scope.truth)


def _share(scope: eq.LossTensors) -> eq.Node:
    return eq.quotient(eq.Scalar("1", 1.0), scope.entries)


class MeanAbsoluteError(Loss):
    """The absolute error averaged over all M entries.

    Forward:   ℓ = Σ |ŷ − y| / M.
    Backward:  ∂ℓ/∂ŷ = sign(ŷ − y) / M; at the kink ŷ = y the derivative is taken as 0.
    Shapes:    two arrays of one shape.
    Source:    PyTorch's `l1_loss` with its default reduction.
    """

    type = "mean_absolute_error"
    formula = "ℓ = Σ |ŷ − y| / M over all M entries"

    def gradient_program(self, at: LossSite) -> Program:
        error = at.scratch("error")
        return [
            (Backend.subtract, at.predicted, at.truth, error),
            (Backend.sign, error, at.gradient),
            (Backend.divide, at.gradient, at.number(at.entries), at.gradient),
        ]

    def value(self, at: LossSite) -> Any:
        return at.total(Backend.abs(at.scratch("error"))) / at.entries

    def explain_value(self, scope: LossScope) -> Explained:
        errors = scope.flat_errors()
        sizes = scope.over_entries(lambda at: call("abs", scope.error(*at)), lambda i: Backend.abs(errors[i:]).sum())
        return Explained(self.formula, quotient(sizes, scope.entries()))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        return Explained("∂ℓ/∂ŷ = sign(ŷ − y) / M", quotient(call("sign", scope.error(*at)), scope.entries()))

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.times(_share(scope), eq.total(eq.apply("abs", _error(scope)), scope.labels))

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.times(_share(scope), eq.apply("sign", _error(scope)))


class HuberLoss(Loss):
    """Squared where the error is small, straight where it is large, averaged over all M entries.

    Forward:   ℓ = Σ ρ(ŷ − y) / M, with ρ(e) = ½e² where |e| ≤ δ, else δ(|e| − ½δ).
    Backward:  ∂ℓ/∂ŷ = (ŷ − y) / M where |ŷ − y| ≤ δ, else δ sign(ŷ − y) / M.
    Shapes:    two arrays of one shape.
    Errors:    ValueError where δ is not above 0.
    Source:    Huber (1964), Robust estimation of a location parameter; PyTorch's `huber_loss`.
    """

    type = "huber"
    formula = "ℓ = Σ ρ(ŷ − y) / M over all M entries"

    def __init__(self, delta: float = 1.0) -> None:
        if not delta > 0:
            raise ValueError(f"huber: delta must be above 0, but {delta} came; take 1.0 if unsure.")
        self.delta = delta

    def gradient_program(self, at: LossSite) -> Program:
        error, cut = at.scratch("error"), at.scratch("cut")
        return [
            (Backend.subtract, at.predicted, at.truth, error),
            # With c the error cut to ±δ, both branches of ρ are c(e − ½c), and its derivative is c.
            (self._cut, error, cut),
            (Backend.divide, cut, at.number(at.entries), at.gradient),
        ]

    def value(self, at: LossSite) -> Any:
        error, cut = at.scratch("error"), at.scratch("cut")
        return at.total(cut * (error - 0.5 * cut)) / at.entries

    def _cut(self, error: Array, cut: Array) -> None:
        Backend.clip(error, -self.delta, self.delta, out=cut)

    def explain_value(self, scope: LossScope) -> Explained:
        errors = scope.flat_errors()
        cut = Backend.clip(errors, -self.delta, self.delta)
        bent = scope.over_entries(
            lambda at: self._rho(scope.error(*at)), lambda i: cut[i:] @ (errors[i:] - 0.5 * cut[i:])
        )
        return Explained(self.formula, quotient(bent, scope.entries()))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        error = scope.error(*at)
        steep = product(self._turn(), call("sign", error))
        return Explained("∂ℓ/∂ŷ = ρ′(ŷ − y) / M", quotient(self._by_size(error, error, steep), scope.entries()))

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.times(_share(scope), eq.total(eq.apply("ρ", _error(scope)), scope.labels))

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.times(_share(scope), eq.slope("ρ", _error(scope)))

    def _rho(self, error: Expression) -> Expression:
        bent = product(Number(0.5), power(error, Number(2.0)))
        half = product(Number(0.5), self._turn())
        straight = product(self._turn(), difference(call("abs", error), half))
        return self._by_size(error, bent, straight)

    def _turn(self) -> Number:
        return Number(self.delta, "δ")

    def _by_size(self, error: Expression, small: Expression, large: Expression) -> Expression:
        cases = [(f"|ŷ − y| ≤ {self.delta:g}", small), (f"|ŷ − y| > {self.delta:g}", large)]
        return choice(cases, 0 if abs(error.value) <= self.delta else 1)


mean_absolute_error = MeanAbsoluteError()
huber = HuberLoss()
