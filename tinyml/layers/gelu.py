"""The Gaussian error linear unit."""

from __future__ import annotations

import math
from math import pi, sqrt

from tinyml.core import Array, Backend, Program
from tinyml.core.special import erfc
from tinyml.layers.elementwise import Curved
from tinyml.layers.ranges import Range
from tinyml.layers.site import Site

# Where z Φ(z) has its minimum, which is −0.16997.
_LOWEST = -0.7517915246935645


class GELU(Curved):
    """Lets each number pass with the chance that a standard normal variable lies below it; the exact form.

    Forward:   h = z Φ(z), with Φ(z) = ½(1 + erf(z / √2)).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · (Φ(z) + z φ(z)), with φ(z) = e^(−z²/2) / √(2π).
    Shapes:    any; the output has the shape of the input.
    Source:    Hendrycks and Gimpel (2016), Gaussian error linear units.
    """

    symbol = "GELU"

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

    @property
    def steepest(self) -> float:
        # At z = √2, where the slope of the slope, φ(z) (2 − z²), is 0: Φ(√2) + √2 φ(√2).
        return 0.5 * (1 + math.erf(1)) + math.exp(-1) / sqrt(pi)


def _cumulated(z: Array) -> Array:
    """Φ(z)."""
    # Not ½(1 + erf(z / √2)), which has no digits left below −8.
    share: Array = 0.5 * erfc(z / -sqrt(2))
    return share
