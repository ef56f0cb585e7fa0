"""Images into rows."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from tinyml import equations as eq
from tinyml.core import Array, Backend, Index, Program, ravel_index, unravel_index
from tinyml.expression import Explained, Number
from tinyml.layers.base import Layer
from tinyml.layers.reasons import JacobianRows, LocalDerivatives
from tinyml.layers.site import Site

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope


class Flatten(Layer):
    """Writes each sample's numbers in one row, the last axis running fastest; nothing is computed.

    Forward:   y = x, reshaped.
    Backward:  ∂ℓ/∂x = ∂ℓ/∂y, shaped back.
    Shapes:    (batch, …) to (batch, product of …).
    Source:    the library's own.
    """

    reshapes = True
    stackable = True
    analytic = True
    piecewise_affine = True

    def __init__(self, name: str = "flatten") -> None:
        super().__init__(name)

    def forward_program(self, at: Site) -> Program:
        return []

    def input_program(self, at: Site) -> Program:
        return []

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        return (prod(input_shape),)

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        return Explained(self._law, scope.input(at[0], *unravel_index(at[1], scope.recorded.input.shape[1:])))

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        row = (at[0], ravel_index(at[1:], scope.recorded.input.shape[1:]))
        return LocalDerivatives(self._law, 1, lambda _: row, lambda _: Number(1.0), lambda: Backend.ones(1))

    def jacobian_rows(self, scope: LayerScope, numbers: Array) -> JacobianRows:
        return JacobianRows(1, lambda: numbers, lambda: Backend.ones(len(numbers)))

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        x, y = self._shaped(scope, "")
        return [scope.forward("forward", "reshaped", y, eq.apply(self.type, x))]

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        x, y = self._shaped(scope, ".grad")
        return [scope.back("back", "reshaped_back", x, eq.inverse(self.type, y))]

    @staticmethod
    def _shaped(scope: eq.LayerTensors, kind: str) -> tuple[eq.Operand, eq.Operand]:
        """The input, the last axis of a sample along its rows, and the output: one row, counted by the same labels."""
        laid = eq.layout(scope.axes)
        n, *labels = laid.axes.split()
        if len(labels) > 1:
            laid = eq.Layout(laid.axes, "".join(labels[:-1]), labels[-1])
        flat = eq.Layout(f"{n} {''.join(labels)}", laid.rows if len(labels) == 1 else "", "".join(labels))
        return scope.tensor(f"input{kind}", laid), scope.tensor(f"output{kind}", flat)

    _law = "The same number in another place"
