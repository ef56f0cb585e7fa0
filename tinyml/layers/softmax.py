"""The softmax function."""

from __future__ import annotations

from tinyml.core import Backend, Program, ShapeError
from tinyml.layers.base import Layer
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.operation_counts import OperationCounts, input_counts, output_counts
from tinyml.layers.ranges import UNIT, Range


class Softmax(Layer):
    """Maps scores along an axis to positive probabilities that sum to 1.

    Forward:   hᵢ = e^(zᵢ − m) / Σₖ e^(zₖ − m), with m = maxₖ zₖ, which changes no hᵢ and prevents overflow.
    Backward:  ∂ℓ/∂zᵢ = hᵢ (∇ᵢ − Σₖ ∇ₖ hₖ), the product with the full Jacobian hᵢ(δᵢₖ − hₖ), where ∇ = ∂ℓ/∂h.
    Shapes:    any with more than `axis` axes; the output has the shape of the input. The samples are axis 0.
    Source:    Bridle (1990), Probabilistic interpretation of feedforward classification network outputs.
    """

    elementwise = False
    reach = "axis"
    symbol = "softmax"
    analytic = True
    squashes = "softmax"

    stackable = True
    axis: int

    def __init__(self, name: str = "softmax", axis: int = 1) -> None:
        super().__init__(name)
        self.axis = axis

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(self._share, at)]

    def input_program(self, at: LayerBuffers) -> Program:
        return [(self._spread, at)]

    def _share(self, at: LayerBuffers) -> None:
        z, h, axis = at.input, at.output, self._axis(at)
        Backend.subtract(z, z.max(axis, keepdims=True), h)
        Backend.exp(h, h)
        Backend.divide(h, h.sum(axis, keepdims=True), h)

    def _spread(self, at: LayerBuffers) -> None:
        h, gradient = at.output, at.input_gradient
        Backend.multiply(at.output_gradient, h, gradient)
        Backend.subtract(gradient, h * gradient.sum(self._axis(at), keepdims=True), gradient)

    def _axis(self, at: LayerBuffers) -> int:
        """Return the index in buffers of `axis`, which counts with the samples first. It counts from the end, since a
        stack adds axes in front.
        """
        axes = at.output.ndim - len(at.stack)
        axis = self.axis % axes
        return axis - 1 - axes if axis else -1

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        axes = len(input_shape) + 1
        if not -axes <= self.axis < axes:
            raise ShapeError(
                f"Softmax '{self.name}': axis {self.axis} is not one of the {axes} axes of a batch of samples of shape "
                f"{input_shape}; use 1 for the first after the samples."
            )
        return input_shape

    def output_range(self, input: Range) -> Range:
        return UNIT

    def normalized_over(self, input_shape: tuple[int, ...], batch: int) -> int | None:
        return (batch, *input_shape)[self.axis]

    def forward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        return (output_counts(input_shape, (batch, *input_shape)[self.axis]),)

    def backward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        return (input_counts(input_shape, (batch, *input_shape)[self.axis]),)
