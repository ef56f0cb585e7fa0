"""The Gaussian error linear unit."""

from __future__ import annotations

import math
from math import pi, sqrt
from typing import TYPE_CHECKING

from tinyml.core import Array, Backend, Program
from tinyml.core.special import erfc
from tinyml.expression import Expression, Number, call, negate, power, product, quotient, total
from tinyml.layers.elementwise import Curved
from tinyml.layers.ranges import Range
from tinyml.layers.site import Site

if TYPE_CHECKING:
    from tinyml.expression import Expression, Leaf

# Where z Φ(z) has its minimum, which is −0.16997.
_LOWEST = -0.7517915246935645
# Below this 1 + erf(z / √2) is told as erfc(−z / √2), which is the same: the sum would have lost more than a digit.
FEW_DIGITS = -1.5


class GELU(Curved):
    """Lets each number pass with the chance that a standard normal variable lies below it; the exact form.

    Forward:   h = z Φ(z), with Φ(z) = ½(1 + erf(z / √2)).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · (Φ(z) + z φ(z)), with φ(z) = e^(−z²/2) / √(2π).
    Shapes:    any; the output has the shape of the input.
    Source:    Hendrycks and Gimpel (2016), Gaussian error linear units.
    """

    symbol = "GELU"
    law = "h = z Φ(z) = z · ½(1 + erf(z / √2))"
    slope_law = "h′ = Φ(z) + z φ(z), φ(z) = e^(−z²/2) / √(2π)"

    def forward_program(self, at: Site) -> Program:
        return [(self._weigh, at.input, at.output)]

    @staticmethod
    def _weigh(z: Array, h: Array) -> None:
        Backend.multiply(z, _cumulated(z), h)

    def steepness(self, z: Array, slope: Array) -> None:
        # Beyond ±40 the bell is 0 in any precision, and z² could overflow.
        near = Backend.clip(z, -40, 40)
        Backend.add(_cumulated(z), z * Backend.exp(-0.5 * near * near) / sqrt(2 * pi), slope)

    def output_range(self, input: Range) -> Range:
        # z Φ(z) with Φ(z) = ½ erfc(−z / √2), which keeps its digits far below 0.
        return input.through(lambda z: z * 0.5 * math.erfc(-z / sqrt(2)) if z > -math.inf else 0.0, _LOWEST)

    def explained(self, z: Leaf) -> Expression:
        return product(z, _explained_cumulated(z))

    def explained_slope(self, z: Leaf, h: Leaf) -> Expression:
        bell = quotient(
            call("exp", negate(quotient(power(z, Number(2.0)), Number(2.0)))),
            call("sqrt", product(Number(2.0), Number(pi, "π"))),
        )
        return total([_explained_cumulated(z), product(z, bell)])

    @property
    def steepest(self) -> float:
        # At z = √2, where the slope of the slope, φ(z) (2 − z²), is 0: Φ(√2) + √2 φ(√2).
        return 0.5 * (1 + math.erf(1)) + math.exp(-1) / sqrt(pi)


def _cumulated(z: Array) -> Array:
    """Φ(z)."""
    # Not ½(1 + erf(z / √2)), which has no digits left below −8.
    share: Array = 0.5 * erfc(z / -sqrt(2))
    return share


def _explained_cumulated(z: Expression) -> Expression:
    if z.value < FEW_DIGITS:
        return product(Number(0.5), call("erfc", quotient(negate(z), call("sqrt", Number(2.0)))))
    inner = call("erf", quotient(z, call("sqrt", Number(2.0))))
    return product(Number(0.5), total([Number(1.0), inner]))
