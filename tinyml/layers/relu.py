"""The rectified linear unit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tinyml.core import Array, Backend, Program
from tinyml.expression import Number, choice
from tinyml.layers.elementwise import SplitAtZero
from tinyml.layers.ranges import Range
from tinyml.layers.reasons import Explained, Index
from tinyml.layers.site import Site

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope
    from tinyml.expression import Expression, Leaf


# There are two, which serve every unit: a path through a wide layer asks for hundreds of them.
_SLOPES = [choice([("z > 0", Number(1.0)), ("z ≤ 0", Number(0.0))], taken) for taken in (0, 1)]


class ReLu(SplitAtZero):
    """Lets what is positive pass and stops the rest.

    Forward:   h = max(z, 0).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h where z > 0, else 0; at the kink z = 0 the derivative is taken as 0, as PyTorch does.
    Shapes:    any; the output has the shape of the input.
    Source:    Nair and Hinton (2010), Rectified linear units improve restricted Boltzmann machines.
    """

    piecewise_affine = True
    symbol = "ReLU"
    law = "h = max(z, 0)"
    slope_law = "ReLU passes the gradient where z > 0 and stops it elsewhere"

    def forward_program(self, at: Site) -> Program:
        return [(partial(Backend.maximum, out=at.output), at.input, at.number(0))]

    def split(self, positive: Array, z: Array, h: Array) -> None:
        h[...] = Backend.where(positive, z, 0)

    def input_program(self, at: Site) -> Program:
        # A selection by bits, all of them (−1) or none (0), not a product with 0 or 1: 0 · ∞ would turn a stopped
        # gradient into NaN. It is as fast as the product; a selection by `where` takes six times as long.
        # What is no number is not stopped: it flows through both passes, as in PyTorch.
        stopped = at.scratch("stopped", at.output.shape, bool)
        passing = stopped.view("i1")
        bits = f"i{at.output.itemsize}"
        return [
            (Backend.less_equal, at.input, at.number(0), stopped),
            (Backend.subtract, passing, Backend.ones((), dtype="i1"), passing),
            (Backend.bitwise_and, at.output_gradient.view(bits), passing, at.input_gradient.view(bits)),
        ]

    def output_range(self, input: Range) -> Range:
        return input.through(lambda z: max(z, 0.0))

    def explained(self, z: Leaf) -> Expression:
        return choice([("z > 0", z), ("z ≤ 0", Number(0.0))], int(z.value <= 0))

    def explained_slope(self, z: Leaf, h: Leaf) -> Expression:
        return _SLOPES[int(z.value <= 0)]

    def slope_at(self, scope: LayerScope, at: Index) -> Expression:
        # Neither z nor h stands in it.
        return _SLOPES[int(scope.recorded.input[at] <= 0)]

    def explained_slopes(self, z: Array, h: Array) -> Array:
        return Backend.where(z <= 0, 0.0, 1.0)

    def explain_input_gradient(self, scope: LayerScope, at: Index) -> Explained:
        # A choice rather than a product with 0 or 1, as in the pass itself: 0 · ∞ would be NaN.
        z = scope.input(*at)
        cases: list[tuple[str, Expression]] = [("z > 0", scope.output_gradient(*at)), ("z ≤ 0", Number(0.0))]
        return Explained(self.slope_law, choice(cases, int(z.value <= 0)))
