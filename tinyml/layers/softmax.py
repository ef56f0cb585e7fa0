"""Softmax: scores into shares of one."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from tinyml.core import Array, Backend
from tinyml.expression import call, difference, product, quotient, total
from tinyml.layers.base import Explained, Layer, Work

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope


class Softmax(Layer):
    """Turns scores along an axis into positive shares that add up to one.

    Forward:   hᵢ = e^(zᵢ − m) / Σₖ e^(zₖ − m), with m = maxₖ zₖ, which changes no share and keeps e from overflowing.
    Backward:  ∂ℓ/∂zᵢ = hᵢ (∇ᵢ − Σₖ ∇ₖ hₖ), the product with the full Jacobian hᵢ(δᵢₖ − hₖ), where ∇ = ∂ℓ/∂h.
    Shapes:    any with more than `axis` axes; the output has the shape of the input. The samples are axis 0.
    Source:    Bridle (1990), Probabilistic interpretation of feedforward classification network outputs.
    """

    elementwise = False

    def __init__(self, name: str = "softmax", axis: int = 1) -> None:
        super().__init__(name)
        self.axis = axis
        self.output: Array | None = None

    def forward(self, input: Array) -> Array:
        exponentials = Backend.exp(input - input.max(axis=self.axis, keepdims=True))
        output: Array = exponentials / exponentials.sum(axis=self.axis, keepdims=True)
        self.output = output  # backward needs the shares h
        return output

    def backward(self, in_gradient: Array) -> Array:
        output = self.recall(self.output)
        weighted = in_gradient * output
        input_gradient: Array = weighted - output * weighted.sum(axis=self.axis, keepdims=True)
        return input_gradient

    def forward_work(self, input_shape: tuple[int, ...]) -> Work:
        return Work("output", prod(input_shape), prod(input_shape))

    def backward_work(self, input_shape: tuple[int, ...], batch: int) -> tuple[Work, ...]:
        return (Work("input_gradient", prod(input_shape), prod(input_shape)),)

    def explain_output(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        scores = [scope.input(sample, k) for k in range(scope.inputs)]
        # The largest stands for itself: max(…) of all of them in each exponential would make the formula quadratic.
        largest = max(scores, key=lambda score: score.value)
        shares = [call("exp", difference(score, largest)) for score in scores]
        return Explained("hᵢ = e^(zᵢ − m) / Σₖ e^(zₖ − m), m the largest z", quotient(shares[unit], total(shares)))

    def explain_input_gradient(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        units = range(scope.inputs)
        mean = total([product(scope.output_gradient(sample, k), scope.output(sample, k)) for k in units])
        own = difference(scope.output_gradient(sample, unit), mean)
        return Explained("∂ℓ/∂zᵢ = hᵢ (∇ᵢ − Σₖ ∇ₖhₖ)", product(scope.output(sample, unit), own))
