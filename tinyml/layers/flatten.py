"""Images into rows."""

from __future__ import annotations

from math import prod

from tinyml.core import Array
from tinyml.layers.base import Layer


class Flatten(Layer):
    """Writes each sample's numbers in one row, the last axis running fastest; nothing is computed.

    Forward:   y = x, reshaped.
    Backward:  ∂ℓ/∂x = ∂ℓ/∂y, shaped back.
    Shapes:    (batch, …) to (batch, product of …).
    Source:    the library's own.
    """

    def __init__(self, name: str = "flatten") -> None:
        super().__init__(name)
        self.shape: tuple[int, ...] | None = None

    def forward(self, input: Array) -> Array:
        self.shape = input.shape  # backward needs it to shape the gradient back
        return input.reshape(len(input), -1)

    def backward(self, in_gradient: Array) -> Array:
        return in_gradient.reshape(self.recall(self.shape))

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        return (prod(input_shape),)
