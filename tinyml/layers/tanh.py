"""The hyperbolic tangent."""

from __future__ import annotations

import math

from tinyml.core import Backend, Program
from tinyml.layers.elementwise import Elementwise
from tinyml.layers.ranges import Range
from tinyml.layers.site import Site


class Tanh(Elementwise):
    """Squeezes every number into (−1, 1), odd about zero.

    Forward:   h = tanh(z).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · (1 − h²).
    Shapes:    any; the output has the shape of the input.
    Source:    LeCun et al. (1998), Efficient BackProp, section 4.4.
    """

    symbol = "tanh"
    slope_from_output = True
    analytic = True

    def forward_program(self, at: Site) -> Program:
        return [(Backend.tanh, at.input, at.output)]

    def slope_program(self, at: Site) -> Program:
        h, slope = at.output, at.slope
        return [(Backend.multiply, h, h, slope), (Backend.subtract, at.number(1), slope, slope)]  # 1 − h²

    def output_range(self, input: Range) -> Range:
        return input.through(math.tanh)
