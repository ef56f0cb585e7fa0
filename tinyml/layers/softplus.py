"""Softplus, a smooth rectifier."""

from __future__ import annotations

import math

from tinyml.core import Array, Backend, Program
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.elementwise import Curved
from tinyml.layers.ranges import Range
from tinyml.layers.sigmoid import sigmoid


def softplus(z: Array) -> Array:
    """Return log(1 + e^z) of complex numbers, without overflow for any z."""
    right = z.real >= 0
    decay = Backend.exp(Backend.where(right, -z, z))
    # log(1 + d) by its real and imaginary parts, since log1p of complex numbers loses a d that is small beside 1.
    size = 0.5 * Backend.log1p(decay.real * (2 + decay.real) + decay.imag**2)
    rounded: Array = Backend.where(right, z, 0) + size + 1j * Backend.arctan2(decay.imag, 1 + decay.real)
    return rounded


class Softplus(Curved):
    """A smooth approximation of the rectifier, whose derivative is the logistic function.

    Forward:   h = log(1 + e^z).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · σ(z).
    Shapes:    any; the output has the shape of the input.
    Source:    Dugas et al. (2001), Incorporating second-order functional knowledge for better option pricing.
    """

    symbol = "softplus"
    analytic = True

    def forward_program(self, at: LayerBuffers) -> Program:
        if at.dtype.kind == "c":
            return [(self._soften, at.input, at.output)]
        # logaddexp is log(e^a + e^b) without overflow, for real numbers only.
        return [(Backend.logaddexp, at.input, at.number(0), at.output)]

    @staticmethod
    def _soften(z: Array, h: Array) -> None:
        h[...] = softplus(z)

    def steepness(self, z: Array, slope: Array) -> None:
        slope[...] = sigmoid(z)

    def output_range(self, input: Range) -> Range:
        return input.through(lambda z: max(z, 0.0) + math.log1p(math.exp(-abs(z))))
