"""The absolute error and Huber's loss: their formulas and equations."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.core import Backend, Index
from tinyml.explain.losses.base import LossExplanation, one_of_entries
from tinyml.explain.losses.scope import LossScope
from tinyml.expression import (
    Comparison,
    Explained,
    Expression,
    Law,
    Number,
    call,
    choice,
    difference,
    power,
    product,
    quotient,
)
from tinyml.losses.absolute_error import HuberLoss, MeanAbsoluteError


def _error(scope: eq.LossTensors) -> eq.Node:
    return eq.subtract(scope.predicted, scope.truth)


class MeanAbsoluteErrorExplanation(LossExplanation[MeanAbsoluteError]):
    """Formulas and equations of the mean absolute error."""

    explains = (MeanAbsoluteError,)

    def explain_value(self, scope: LossScope) -> Explained:
        errors = scope.flat_errors()
        sizes = scope.over_entries(lambda at: call("abs", scope.error(*at)), lambda i: Backend.abs(errors[i:]).sum())
        return Explained(
            Law("law.over_entries", formula="ℓ = Σ |ŷ − y| / M", count="M"), quotient(sizes, scope.entries())
        )

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        return Explained(
            Law.equation("∂ℓ/∂ŷ = sign(ŷ − y) / M"), quotient(call("sign", scope.error(*at)), scope.entries())
        )

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.times(one_of_entries(scope), eq.total(eq.apply("abs", _error(scope)), scope.labels))

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.times(one_of_entries(scope), eq.apply("sign", _error(scope)))


class HuberLossExplanation(LossExplanation[HuberLoss]):
    """Formulas and equations of Huber's loss."""

    explains = (HuberLoss,)

    def explain_value(self, scope: LossScope) -> Explained:
        errors = scope.flat_errors()
        cut = Backend.clip(errors, -self.loss.delta, self.loss.delta)
        bent = scope.over_entries(
            lambda at: self._rho(scope.error(*at)), lambda i: cut[i:] @ (errors[i:] - 0.5 * cut[i:])
        )
        return Explained(
            Law("law.over_entries", formula="ℓ = Σ ρ(ŷ − y) / M", count="M"), quotient(bent, scope.entries())
        )

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        error = scope.error(*at)
        steep = product(self._turn(), call("sign", error))
        return Explained(
            Law.equation("∂ℓ/∂ŷ = ρ′(ŷ − y) / M"), quotient(self._by_size(error, error, steep), scope.entries())
        )

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.times(one_of_entries(scope), eq.total(eq.apply("ρ", _error(scope)), scope.labels))

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.times(one_of_entries(scope), eq.slope("ρ", _error(scope)))

    def _rho(self, error: Expression) -> Expression:
        bent = product(Number(0.5), power(error, Number(2.0)))
        half = product(Number(0.5), self._turn())
        straight = product(self._turn(), difference(call("abs", error), half))
        return self._by_size(error, bent, straight)

    def _turn(self) -> Number:
        return Number(self.loss.delta, "δ")

    def _by_size(self, error: Expression, small: Expression, large: Expression) -> Expression:
        within = Comparison(self._turn(), "≥", call("abs", error))
        cases = [(f"|ŷ − y| ≤ {self.loss.delta:g}", small), (f"|ŷ − y| > {self.loss.delta:g}", large)]
        return choice(cases, 0 if abs(error.value) <= self.loss.delta else 1, within)
