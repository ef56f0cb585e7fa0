"""The explanation of dropout, by the mask of the pass."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.core import Index
from tinyml.explain.layers.base import LayerExplanation
from tinyml.explain.local_derivatives import LocalDerivatives
from tinyml.explain.scope import LayerScope
from tinyml.expression import Condition, Explained, Law, Number, choice, difference, product, quotient
from tinyml.layers import Dropout

_DROPPED, _KEPT = Condition("dropped", "dropped"), Condition("kept", "kept")


class DropoutExplanation(LayerExplanation[Dropout]):
    """h = r z, with the mask r."""

    explains = (Dropout,)

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        return Explained(
            Law("law.dropout", formula="h = r z", mask="r"), product(scope.saved("mask", *at), scope.input(*at))
        )

    def explain_saved(self, scope: LayerScope, name: str, at: Index) -> Explained:
        if not scope.recorded.training:
            return Explained(Law("law.dropout.predict"), Number(1.0))
        enlarged = quotient(Number(1.0), difference(Number(1.0), Number(self.layer.probability, "p")))
        cases = [(_DROPPED, Number(0.0)), (_KEPT, enlarged)]
        law = Law("law.dropout.mask", dropped="r = 0", probability="p", kept="r = 1 / (1 − p)")
        return Explained(law, choice(cases, int(scope.recorded.saved["mask"][at] != 0)))

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        mask = scope.recorded.saved["mask"]
        return LocalDerivatives(
            Law.equation("∂ℓ/∂z = r ∂ℓ/∂h"),
            1,
            lambda _: at,
            lambda _: scope.saved("mask", *at),
            lambda: mask[at].reshape(1),
        )

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        right = eq.times(scope.tensor("mask"), scope.tensor("input"))
        return [scope.forward("forward", "entrywise", scope.tensor("output"), right)]

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        right = eq.times(scope.tensor("mask"), scope.tensor("output.grad"))
        return [scope.back("back", "back", scope.tensor("input.grad"), right)]
