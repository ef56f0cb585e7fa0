"""The loss that is the output itself: its formulas and equations."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.core import Index
from tinyml.explain.losses.base import LossExplanation
from tinyml.explain.losses.scope import LossScope
from tinyml.expression import Explained, Law, Number
from tinyml.losses.output_sum import OutputSum


class OutputSumExplanation(LossExplanation[OutputSum]):
    """Formulas and equations of the loss that is the output itself."""

    explains = (OutputSum,)

    def explain_value(self, scope: LossScope) -> Explained:
        outputs = scope.trace.output.reshape(-1)
        one = outputs.size == 1
        whole = scope.over_entries(lambda at: scope.predicted(*at), lambda start: outputs[start:].sum())
        return Explained(Law.equation("ℓ = ŷ") if one else Law("law.over_outputs", formula="ℓ = Σ ŷ"), whole)

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        return Explained(Law.equation("∂ℓ/∂ŷ = 1"), Number(1.0))

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.total(scope.predicted, scope.labels)

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.Scalar("1", 1.0)
