"""Softplus: a rectifier without a kink."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml.core import Array, Backend
from tinyml.expression import Number, call, negate, product, total
from tinyml.layers.base import Explained, Layer
from tinyml.layers.sigmoid import sigmoid

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope


class Softplus(Layer):
    """Rounds the corner of the rectifier; its slope is the logistic function.

    Forward:   h = log(1 + e^z).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · σ(z).
    Shapes:    any; the output has the shape of the input.
    Source:    Dugas et al. (2001), Incorporating second-order functional knowledge for better option pricing.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.input: Array | None = None

    def forward(self, input: Array) -> Array:
        self.input = input  # backward needs z: the slope is σ(z)
        # logaddexp is log(e^a + e^b) without ever making an e that overflows.
        return Backend.logaddexp(input, Backend.zeros_like(input))

    def backward(self, in_gradient: Array) -> Array:
        input_gradient: Array = in_gradient * sigmoid(self.recall(self.input))
        return input_gradient

    def explain_output(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        z = scope.input(sample, unit)
        # log(1 + e^z) = max(z, 0) + log(1 + e^(−|z|)), in a form that no z makes overflow.
        tail = call("log1p", call("exp", negate(call("abs", z))))
        law = "h = log(1 + e^z) = max(z, 0) + log(1 + e^(−|z|))"
        return Explained(law, total([call("max", z, Number(0.0)), tail]))

    def explain_input_gradient(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        z, upstream = scope.input(sample, unit), scope.output_gradient(sample, unit)
        return Explained("h′ = σ(z)", product(upstream, call("sigmoid", z)))
