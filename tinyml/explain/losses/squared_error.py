"""The squared errors: their formulas and equations."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.core import Index
from tinyml.explain.losses.base import LossExplanation
from tinyml.explain.losses.scope import LossScope
from tinyml.expression import Explained, Expression, Law, Number, power, product, quotient
from tinyml.losses.squared_error import HalfSquaredError, MeanSquaredError


def _sum_of_squares(scope: LossScope) -> Expression:
    errors = scope.flat_errors()
    return scope.over_entries(lambda at: power(scope.error(*at), Number(2.0)), lambda i: errors[i:] @ errors[i:])


def _squares(scope: eq.LossTensors) -> eq.Node:
    error = eq.subtract(scope.predicted, scope.truth)
    return eq.total(eq.power(error, eq.Scalar("2", 2.0)), scope.labels)


class HalfSquaredErrorExplanation(LossExplanation[HalfSquaredError]):
    """Formulas and equations of the chapter's loss."""

    explains = (HalfSquaredError,)

    def explain_value(self, scope: LossScope) -> Explained:
        return Explained(Law.equation("ℓ = ½ Σ (ŷ − y)²"), product(Number(0.5), _sum_of_squares(scope)))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        return Explained(Law.equation("∂ℓ/∂ŷ = ŷ − y"), scope.error(*at))

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.times(eq.quotient(eq.Scalar("1", 1.0), eq.Scalar("2", 2.0)), _squares(scope))

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.subtract(scope.predicted, scope.truth)


class MeanSquaredErrorExplanation(LossExplanation[MeanSquaredError]):
    """Formulas and equations of the mean squared error."""

    explains = (MeanSquaredError,)

    def explain_value(self, scope: LossScope) -> Explained:
        return Explained(
            Law("law.over_entries", formula="ℓ = Σ (ŷ − y)² / M", count="M"),
            quotient(_sum_of_squares(scope), scope.entries()),
        )

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        share = quotient(Number(2.0), scope.entries())
        return Explained(Law.equation("∂ℓ/∂ŷ = 2 (ŷ − y) / M"), product(share, scope.error(*at)))

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.times(eq.quotient(eq.Scalar("1", 1.0), scope.entries), _squares(scope))

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        share = eq.quotient(eq.Scalar("2", 2.0), scope.entries)
        return eq.times(share, eq.subtract(scope.predicted, scope.truth))
