"""The hyperbolic tangent."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tinyml.core import Array, Backend, Program
from tinyml.expression import Number, call, difference, power
from tinyml.layers.elementwise import Elementwise
from tinyml.layers.ranges import Range
from tinyml.layers.site import Site

if TYPE_CHECKING:
    from tinyml.expression import Expression, Leaf


class Tanh(Elementwise):
    """Squeezes every number into (−1, 1), odd about zero.

    Forward:   h = tanh(z).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · (1 − h²).
    Shapes:    any; the output has the shape of the input.
    Source:    LeCun et al. (1998), Efficient BackProp, section 4.4.
    """

    symbol = "tanh"
    law = "h = tanh(z)"
    slope_law = "tanh′(z) = 1 − h²"
    slope_from_output = True
    analytic = True

    def forward_program(self, at: Site) -> Program:
        return [(Backend.tanh, at.input, at.output)]

    def slope_program(self, at: Site) -> Program:
        h, slope = at.output, at.slope
        return [(Backend.multiply, h, h, slope), (Backend.subtract, at.number(1), slope, slope)]  # 1 − h²

    def output_range(self, input: Range) -> Range:
        return input.through(math.tanh)

    def explained(self, z: Leaf) -> Expression:
        return call("tanh", z)

    def explained_slope(self, z: Leaf, h: Leaf) -> Expression:
        return difference(Number(1.0), power(h, Number(2.0)))

    def explained_slopes(self, z: Array, h: Array) -> Array:
        return 1 - h * h
