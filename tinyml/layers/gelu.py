"""The Gaussian error linear unit."""

from __future__ import annotations

import math
from math import pi, sqrt
from typing import Literal

from tinyml.core import Array, Backend, Program
from tinyml.core.special import erfc
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.elementwise import Curved
from tinyml.layers.ranges import Range, logistic
from tinyml.layers.sigmoid import sigmoid

Approximate = Literal["none", "tanh"]
# The minimum of z Φ(z), −0.16997, and that of the approximation, −0.17004.
_LOWEST = {"none": -0.7517915246935645, "tanh": -0.7524614220710163}
# u = √(2/π) (z + 0.044715 z³).
INNER, CUBIC = sqrt(2 / pi), 0.044715


class GELU(Curved):
    """Multiplies each number by the probability that a standard normal variable is below it.

    Forward:   h = z Φ(z), with Φ(z) = ½(1 + erf(z / √2)), or with `approximate="tanh"` Φ(z) ≈ ½(1 + tanh u),
               u = √(2/π) (z + 0.044715 z³), which equals σ(2u).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · (Φ(z) + z φ(z)), with φ(z) = e^(−z²/2) / √(2π), or for the approximation
               φ(z) = 2 u′ σ(2u) σ(−2u), u′ = √(2/π) (1 + 0.134145 z²).
    Shapes:    any; the output has the shape of the input.
    Errors:    ValueError for another `approximate`.
    Source:    Hendrycks and Gimpel (2016), Gaussian error linear units; PyTorch's `GELU`.
    """

    symbol = "GELU"

    def __init__(self, name: str, approximate: Approximate = "none") -> None:
        super().__init__(name)
        if approximate not in _LOWEST:
            raise ValueError(f"GELU '{name}': approximate is {approximate!r}; expected 'none' or 'tanh'.")
        self.approximate = approximate

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(self._weigh, at.input, at.output)]

    def _weigh(self, z: Array, h: Array) -> None:
        Backend.multiply(z, self._cumulated(z), h)

    def _cumulated(self, z: Array) -> Array:
        """Return Φ(z)."""
        if self.approximate == "tanh":
            return sigmoid(2 * _inner(z))
        # Not ½(1 + erf(z / √2)), which cancels to 0 below −8.
        share: Array = 0.5 * erfc(z / -sqrt(2))
        return share

    def steepness(self, z: Array, slope: Array) -> None:
        # Beyond ±40 the density is 0 in every precision, and powers of z could overflow.
        near = Backend.clip(z, -40, 40)
        if self.approximate == "tanh":
            doubled = 2 * _inner(near)
            density = 2 * INNER * (1 + 3 * CUBIC * near * near) * sigmoid(doubled) * sigmoid(-doubled)
        else:
            density = Backend.exp(-0.5 * near * near) / sqrt(2 * pi)
        Backend.add(self._cumulated(z), near * density, slope)

    def output_range(self, input: Range) -> Range:
        if self.approximate == "tanh":
            return input.through(lambda z: z * logistic(2 * _inner_of(z)) if z > -math.inf else 0.0, _LOWEST["tanh"])
        # z Φ(z) with Φ(z) = ½ erfc(−z / √2), which is accurate far below 0.
        return input.through(lambda z: z * 0.5 * math.erfc(-z / sqrt(2)) if z > -math.inf else 0.0, _LOWEST["none"])

    @property
    def steepest(self) -> float:
        if self.approximate == "tanh":
            return 1.1289930686587717  # at z = 1.418504009
        # At z = √2, where the slope of the slope, φ(z) (2 − z²), is 0: Φ(√2) + √2 φ(√2).
        return 0.5 * (1 + math.erf(1)) + math.exp(-1) / sqrt(pi)


def _inner(z: Array) -> Array:
    """Return u of z, which is clipped to ±40, since σ(2u) is 0 or 1 beyond in every precision."""
    near = Backend.clip(z, -40, 40)
    u: Array = INNER * (near + CUBIC * near * near * near)
    return u


def _inner_of(z: float) -> float:
    near = min(max(z, -40.0), 40.0)
    return INNER * (near + CUBIC * near**3)
