"""The hyperbolic tangent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml.core import Array, Backend
from tinyml.expression import Number, call, difference, power, product
from tinyml.layers.base import Explained, Layer

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope


class Tanh(Layer):
    """Squeezes every number into (−1, 1), odd about zero.

    Forward:   h = tanh(z).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · (1 − h²).
    Shapes:    any; the output has the shape of the input.
    Source:    LeCun et al. (1998), Efficient BackProp, section 4.4.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.output: Array | None = None

    def forward(self, input: Array) -> Array:
        output: Array = Backend.tanh(input)
        self.output = output  # backward needs h: the derivative is 1 − h²
        return output

    def backward(self, in_gradient: Array) -> Array:
        output = self.recall(self.output)
        input_gradient: Array = in_gradient * (1 - output * output)
        return input_gradient

    def explain_output(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        return Explained("h = tanh(z)", call("tanh", scope.input(sample, unit)))

    def explain_input_gradient(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        h, upstream = scope.output(sample, unit), scope.output_gradient(sample, unit)
        return Explained("tanh′(z) = 1 − h²", product(upstream, difference(Number(1.0), power(h, Number(2.0)))))
