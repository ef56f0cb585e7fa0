"""The rectified linear unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml.core import Array, Backend
from tinyml.expression import Expression, Number, choice
from tinyml.layers.base import Explained, Layer

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope


class ReLu(Layer):
    """Lets what is positive pass and stops the rest.

    Forward:   h = max(z, 0).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h where z > 0, else 0; at the kink z = 0 the derivative is taken as 0, as PyTorch does.
    Shapes:    any; the output has the shape of the input.
    Source:    Nair and Hinton (2010), Rectified linear units improve restricted Boltzmann machines.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.input: Array | None = None

    def forward(self, input: Array) -> Array:
        self.input = input  # backward needs z: its sign decides what passes
        return Backend.maximum(input, 0)

    def backward(self, in_gradient: Array) -> Array:
        # A selection, not a product with the mask: 0 · ∞ would turn a stopped gradient into NaN.
        # What is no number is not stopped: it flows through both passes, as in PyTorch.
        return Backend.where(self.recall(self.input) <= 0, 0, in_gradient)

    def explain_output(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        z = scope.input(sample, unit)
        return Explained("h = max(z, 0)", choice([("z > 0", z), ("z ≤ 0", Number(0.0))], int(z.value <= 0)))

    def explain_input_gradient(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        z, upstream = scope.input(sample, unit), scope.output_gradient(sample, unit)
        cases: list[tuple[str, Expression]] = [("z > 0", upstream), ("z ≤ 0", Number(0.0))]
        return Explained(
            "ReLU passes the gradient where z > 0 and stops it elsewhere", choice(cases, int(z.value <= 0))
        )
