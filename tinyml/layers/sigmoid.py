"""The logistic function."""

from __future__ import annotations

from tinyml.core import Array, Backend, Program
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.elementwise import Curved
from tinyml.layers.ranges import UNIT, Range


def sigmoid(z: Array) -> Array:
    """Return σ(z) = 1 / (1 + e^(−z)), without overflow for any z."""
    # e^(−|z|) never overflows, and both signs of z are ratios of it: 1/(1+e) and e/(1+e).
    decay = Backend.exp(-Backend.abs(z)) if z.dtype.kind != "c" else Backend.exp(Backend.where(z.real >= 0, -z, z))
    output: Array = Backend.where(z.real >= 0, 1, decay) / (1 + decay)
    return output


class Sigmoid(Curved):
    """Maps every number to (0, 1).

    Forward:   h = σ(z) = 1 / (1 + e^(−z)).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · h(1 − h), with 1 − h = σ(−z).
    Shapes:    any; the output has the shape of the input.
    Source:    Rumelhart, Hinton and Williams (1986), Learning representations by back-propagating errors.
    """

    symbol = "σ"
    analytic = True
    squashes = "logistic"

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(self._squeeze, at.input, at.output)]

    def steepness(self, z: Array, slope: Array) -> None:
        # σ(−z), since 1 − h cancels to 0 from 37 on.
        Backend.multiply(sigmoid(z), sigmoid(-z), slope)

    @staticmethod
    def _squeeze(z: Array, h: Array) -> None:
        h[...] = sigmoid(z)

    def output_range(self, input: Range) -> Range:
        return UNIT

    @property
    def steepest(self) -> float:
        return 0.25  # at z = 0
