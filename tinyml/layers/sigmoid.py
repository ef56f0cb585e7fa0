"""The logistic function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml.core import Array, Backend, Program
from tinyml.expression import Number, call, difference, product
from tinyml.layers.elementwise import Elementwise
from tinyml.layers.ranges import UNIT, Range
from tinyml.layers.site import Site

if TYPE_CHECKING:
    from tinyml.expression import Expression, Leaf


def sigmoid(z: Array) -> Array:
    """σ(z) = 1 / (1 + e^(−z)), for every z without overflow."""
    # e^(−|z|) never overflows, and both signs of z are ratios of it: 1/(1+e) and e/(1+e).
    decay = Backend.exp(-Backend.abs(z)) if z.dtype.kind != "c" else Backend.exp(Backend.where(z.real >= 0, -z, z))
    output: Array = Backend.where(z.real >= 0, 1, decay) / (1 + decay)
    return output


class Sigmoid(Elementwise):
    """Squeezes every number into (0, 1).

    Forward:   h = σ(z) = 1 / (1 + e^(−z)).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · h(1 − h).
    Shapes:    any; the output has the shape of the input.
    Source:    Rumelhart, Hinton and Williams (1986), Learning representations by back-propagating errors.
    """

    symbol = "σ"
    law = "σ(z) = 1 / (1 + e^(−z))"
    slope_law = "σ′(z) = h(1 − h)"
    slope_from_output = True
    analytic = True
    squashes = "logistic"

    def forward_program(self, at: Site) -> Program:
        return [(self._squeeze, at.input, at.output)]

    def slope_program(self, at: Site) -> Program:
        h, slope = at.output, at.slope
        return [(Backend.subtract, at.number(1), h, slope), (Backend.multiply, h, slope, slope)]  # h(1 − h)

    @staticmethod
    def _squeeze(z: Array, h: Array) -> None:
        h[...] = sigmoid(z)

    def output_range(self, input: Range) -> Range:
        return UNIT

    def explained(self, z: Leaf) -> Expression:
        return call("sigmoid", z)

    def explained_slope(self, z: Leaf, h: Leaf) -> Expression:
        return product(h, difference(Number(1.0), h))

    def explained_slopes(self, z: Array, h: Array) -> Array:
        slopes: Array = h * (1 - h)
        return slopes

    @property
    def steepest(self) -> float:
        return 0.25  # at z = 0
