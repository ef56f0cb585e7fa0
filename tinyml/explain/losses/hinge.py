"""The hinge loss: its formulas and equations."""

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
    negate,
    product,
    quotient,
)
from tinyml.losses.hinge import HingeLoss


class HingeLossExplanation(LossExplanation[HingeLoss]):
    """Formulas and equations of the hinge loss."""

    explains = (HingeLoss,)

    def explain_value(self, scope: LossScope) -> Explained:
        shortfalls = Backend.maximum(1 - (scope.trace.targets * scope.trace.output).reshape(-1), 0)

        def shortfall(at: Index) -> Expression:
            agreement = product(scope.truth(*at), scope.predicted(*at))
            return call("max", Number(0.0), difference(Number(1.0), agreement))

        whole = scope.over_entries(shortfall, lambda start: shortfalls[start:].sum())
        return Explained(
            Law("law.over_entries", formula="ℓ = Σ max(0, 1 − yŷ) / M", count="M"), quotient(whole, scope.entries())
        )

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        slope = negate(quotient(scope.truth(*at), scope.entries()))
        return Explained(
            Law("law.cases", first="∂ℓ/∂ŷ = −y / M", condition="yŷ < 1", other="0"), _below_margin(scope, at, slope)
        )

    def explain_truth_gradient(self, scope: LossScope, at: Index) -> Explained:
        slope = negate(quotient(scope.predicted(*at), scope.entries()))
        return Explained(
            Law("law.cases", first="∂ℓ/∂y = −ŷ / M", condition="yŷ < 1", other="0"), _below_margin(scope, at, slope)
        )

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.times(one_of_entries(scope), eq.total(eq.apply("ReLU", _shortfall(scope)), scope.labels))

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.negate(eq.times(one_of_entries(scope), scope.truth, eq.slope("ReLU", _shortfall(scope))))


def _below_margin(scope: LossScope, at: Index, slope: Expression) -> Expression:
    """Return the slope below the margin, otherwise 0."""
    truth, predicted = scope.truth(*at), scope.predicted(*at)
    below = Comparison(Number(1.0), ">", product(truth, predicted))
    return choice([("yŷ < 1", slope), ("yŷ ≥ 1", Number(0.0))], int(truth.value * predicted.value >= 1), below)


def _shortfall(scope: eq.LossTensors) -> eq.Node:
    return eq.subtract(eq.Scalar("1", 1.0), eq.times(scope.truth, scope.predicted))
