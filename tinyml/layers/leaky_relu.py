"""The leaky rectified linear unit."""

from __future__ import annotations

from tinyml.core import Array, Backend, Program
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.elementwise import Curved, SplitAtZero
from tinyml.layers.ranges import Range


class LeakyReLu(SplitAtZero, Curved):
    """The identity for positive numbers, a multiple of z below 0, so that every unit has a gradient.

    Forward:   h = z where z > 0, else αz, with α the `slope`.
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h where z > 0, else α ∂ℓ/∂h; at the kink z = 0 the derivative is taken as α, as PyTorch does.
    Shapes:    any; the output has the shape of the input.
    Source:    Maas, Hannun and Ng (2013), Rectifier nonlinearities improve neural network acoustic models.
    """

    piecewise_affine = True
    symbol = "LeakyReLU"

    def __init__(self, name: str, slope: float = 0.01) -> None:
        super().__init__(name)
        self.slope = slope

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(self._leak, at.input, at.output)]

    def _leak(self, z: Array, h: Array) -> None:
        self.split(z > 0, z, h)

    def split(self, positive: Array, z: Array, h: Array) -> None:
        h[...] = Backend.where(positive, z, self.slope * z)

    def steepness(self, z: Array, slope: Array) -> None:
        slope[...] = Backend.where(z > 0, 1, self.slope)

    def output_range(self, input: Range) -> Range:
        # With slope 0 it equals ReLu, also at −∞.
        return input.through(lambda z: z if z > 0 else self.slope and self.slope * z, 0.0)

    @property
    def steepest(self) -> float:
        return max(1.0, abs(self.slope))
