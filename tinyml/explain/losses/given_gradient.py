"""The loss of a given upstream gradient: its formulas and equations."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.core import Index
from tinyml.explain.losses.base import LossExplanation
from tinyml.explain.losses.scope import LossScope
from tinyml.expression import Explained, Law, product
from tinyml.losses.given_gradient import GivenGradient


class GivenGradientExplanation(LossExplanation[GivenGradient]):
    """Formulas and equations of the loss of a given upstream gradient."""

    explains = (GivenGradient,)

    def explain_value(self, scope: LossScope) -> Explained:
        parts = (self.loss.gradient * scope.trace.output).reshape(-1)
        whole = scope.over_entries(
            lambda at: product(scope.given_gradient(*at), scope.predicted(*at)), lambda start: parts[start:].sum()
        )
        return Explained(Law("law.over_outputs", formula="ℓ = Σ gŷ"), whole)

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        return Explained(Law("law.given_gradient", formula="∂ℓ/∂ŷ = g", gradient="g"), scope.given_gradient(*at))

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.total(eq.times(scope.given_gradient, scope.predicted), scope.labels)

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        return scope.given_gradient
