"""The exponential linear unit."""

from __future__ import annotations

import math

from tinyml.core import Array, Backend, Program
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.elementwise import Curved, SplitAtZero
from tinyml.layers.ranges import Range


class ELU(SplitAtZero, Curved):
    """The identity for positive numbers; approaches −α smoothly below 0.

    Forward:   h = z where z > 0, else α(e^z − 1).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h where z > 0, else ∂ℓ/∂h · αe^z.
    Shapes:    any; the output has the shape of the input.
    Source:    Clevert, Unterthiner and Hochreiter (2016), Fast and accurate deep network learning by ELUs.
    """

    symbol = "ELU"

    def __init__(self, name: str, alpha: float = 1.0) -> None:
        super().__init__(name)
        self.alpha = alpha

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(self._bend, at.input, at.output)]

    def _bend(self, z: Array, h: Array) -> None:
        self.split(z > 0, z, h)

    def split(self, positive: Array, z: Array, h: Array) -> None:
        # expm1 keeps the digits that e^z − 1 loses near 0; it is not called for large z, where it could overflow.
        h[...] = Backend.where(positive, z, self.alpha * Backend.expm1(Backend.where(positive, 0, z)))

    def steepness(self, z: Array, slope: Array) -> None:
        slope[...] = Backend.where(z > 0, 1, self.alpha * Backend.exp(Backend.minimum(z, 0)))

    def output_range(self, input: Range) -> Range:
        return input.through(lambda z: z if z > 0 else self.alpha * math.expm1(z), 0.0)

    @property
    def steepest(self) -> float:
        return max(1.0, abs(self.alpha))
