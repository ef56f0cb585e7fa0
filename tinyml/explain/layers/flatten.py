"""The explanation of a layer that only reshapes its input."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.core import Array, Backend, Index, ravel_index, unravel_index
from tinyml.explain.layers.base import LayerExplanation
from tinyml.explain.local_derivatives import JacobianRows, LocalDerivatives
from tinyml.explain.scope import LayerScope
from tinyml.expression import Explained, Law, Number
from tinyml.layers import Flatten

LAW = Law("law.reshaped")


class FlattenExplanation(LayerExplanation[Flatten]):
    """Each output is one input."""

    explains = (Flatten,)

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        return Explained(LAW, scope.input(at[0], *unravel_index(at[1], scope.recorded.input.shape[1:])))

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        row = (at[0], ravel_index(at[1:], scope.recorded.input.shape[1:]))
        return LocalDerivatives(LAW, 1, lambda _: row, lambda _: Number(1.0), lambda: Backend.ones(1))

    def jacobian_rows(self, scope: LayerScope, numbers: Array) -> JacobianRows:
        return JacobianRows(1, lambda: numbers, lambda: Backend.ones(len(numbers)))

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        x, y = self._shaped(scope, "")
        return [scope.forward("forward", "reshaped", y, eq.apply(self.layer.type, x))]

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        x, y = self._shaped(scope, ".grad")
        return [scope.back("back", "reshaped_back", x, eq.inverse(self.layer.type, y))]

    @staticmethod
    def _shaped(scope: eq.LayerTensors, kind: str) -> tuple[eq.Operand, eq.Operand]:
        """Return the input, with a sample's last axis along its rows, and the output, one row with the same labels."""
        laid = eq.layout(scope.axes)
        n, *labels = laid.axes.split()
        if len(labels) > 1:
            laid = eq.Layout(laid.axes, "".join(labels[:-1]), labels[-1])
        flat = eq.Layout(f"{n} {''.join(labels)}", laid.rows if len(labels) == 1 else "", "".join(labels))
        return scope.tensor(f"input{kind}", laid), scope.tensor(f"output{kind}", flat)
