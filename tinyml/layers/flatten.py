"""Flattening."""

from __future__ import annotations

from math import prod

from tinyml.core import Program
from tinyml.layers.base import Layer
from tinyml.layers.buffers import LayerBuffers


class Flatten(Layer):
    """Reshapes each sample to one row, in row-major order, without computation.

    Forward:   y = x, reshaped.
    Backward:  ∂ℓ/∂x = ∂ℓ/∂y, shaped back.
    Shapes:    (batch, …) to (batch, product of …).
    Source:    the original library.
    """

    reshapes = True
    stackable = True
    analytic = True
    piecewise_affine = True

    def __init__(self, name: str = "flatten") -> None:
        super().__init__(name)

    def forward_program(self, at: LayerBuffers) -> Program:
        return []

    def input_program(self, at: LayerBuffers) -> Program:
        return []

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        return (prod(input_shape),)
