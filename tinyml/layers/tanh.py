"""The hyperbolic tangent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml.core import Backend, Program
from tinyml.expression import Number, call, difference, power, product
from tinyml.layers.base import Explained
from tinyml.layers.elementwise import Elementwise
from tinyml.layers.site import Site

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope


class Tanh(Elementwise):
    """Squeezes every number into (−1, 1), odd about zero.

    Forward:   h = tanh(z).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · (1 − h²).
    Shapes:    any; the output has the shape of the input.
    Source:    LeCun et al. (1998), Efficient BackProp, section 4.4.
    """

    slope_from_output = True
    analytic = True

    def forward_program(self, at: Site) -> Program:
        return [(Backend.tanh, at.input, at.output)]

    def slope_program(self, at: Site) -> Program:
        h, slope = at.output, at.slope
        return [(Backend.multiply, h, h, slope), (Backend.subtract, at.number(1), slope, slope)]  # 1 − h²

    def explain_output(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        return Explained("h = tanh(z)", call("tanh", scope.input(sample, unit)))

    def explain_input_gradient(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        h, upstream = scope.output(sample, unit), scope.output_gradient(sample, unit)
        return Explained("tanh′(z) = 1 − h²", product(upstream, difference(Number(1.0), power(h, Number(2.0)))))
