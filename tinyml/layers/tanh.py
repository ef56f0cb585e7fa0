"""The hyperbolic tangent."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tinyml.core import Array, Backend, Program
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.elementwise import Elementwise
from tinyml.layers.ranges import Range

# Below this, for |z| > 6.2, 1 − h² has lost more than sixteen of its 53 bits.
FEW_DIGITS = 2.0**-16


class Tanh(Elementwise):
    """Maps every number to (−1, 1); an odd function.

    Forward:   h = tanh(z).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · (1 − h²); where that is small it is computed as (e^(−|z|) (1 + |h|))², the same
               value without cancellation.
    Shapes:    any; the output has the shape of the input.
    Source:    LeCun et al. (1998), Efficient BackProp, section 4.4.
    """

    symbol = "tanh"
    slope_from_output = True
    analytic = True

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(Backend.tanh, at.input, at.output)]

    def slope_program(self, at: LayerBuffers, parts: Sequence[tuple[Array, LayerBuffers]] = ()) -> Program:
        h, slope = at.output, at.slope
        # Between the parts there may be rows of ones, which are not outputs and need no correction.
        slope.fill(2 if parts else 1)
        for _, part in parts:
            part.slope.fill(1)
        program: Program = [(Backend.multiply, h, h, slope), (Backend.subtract, slope.copy(), slope, slope)]  # 1 − h²
        # An empty or complex array needs no correction.
        restores = bool(slope.size) and slope.dtype.kind != "c"
        return [*program, (self._restore_digits, slope.reshape(-1), at, parts)] if restores else program

    @staticmethod
    def _restore_digits(slopes: Array, at: LayerBuffers, parts: Sequence[tuple[Array, LayerBuffers]]) -> None:
        # `argmin` is the fastest test of whether there is a small slope.
        if slopes[slopes.argmin()] >= FEW_DIGITS:
            return
        for z, part in parts:
            Backend.copyto(z, part.input)
        root = Backend.exp(-Backend.abs(at.input)) * (1 + Backend.abs(at.output))  # 1 / cosh z
        # Only these entries, so that a slope does not depend on the rest of the batch or the network.
        Backend.copyto(at.slope, root * root, where=at.slope < FEW_DIGITS)

    def output_range(self, input: Range) -> Range:
        return input.through(math.tanh)
