"""The sigmoid-weighted linear unit, also called swish."""

from __future__ import annotations

import math

from tinyml.core import Array, Backend, Program
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.elementwise import Curved
from tinyml.layers.ranges import Range, logistic
from tinyml.layers.sigmoid import sigmoid

# The position of the minimum of z σ(z), −0.27846.
_LOWEST = -1.2784645427610738


class SiLU(Curved):
    """Multiplies each number by its logistic function: close to z far above 0, close to 0 far below.

    Forward:   h = z σ(z).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · (σ(z) + z σ(z) σ(−z)).
    Shapes:    any; the output has the shape of the input.
    Source:    Elfwing, Uchibe and Doya (2018), Sigmoid-weighted linear units for neural network function approximation.
    """

    symbol = "SiLU"
    analytic = True

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(self._weigh, at.input, at.output)]

    @staticmethod
    def _weigh(z: Array, h: Array) -> None:
        Backend.multiply(z, sigmoid(z), h)

    def steepness(self, z: Array, slope: Array) -> None:
        share = sigmoid(z)
        # σ(−z), since 1 − σ(z) cancels to 0 from 37 on.
        Backend.add(share, z * share * sigmoid(-z), slope)

    def output_range(self, input: Range) -> Range:
        return input.through(lambda z: z * logistic(z) if z > -math.inf else 0.0, _LOWEST)

    @property
    def steepest(self) -> float:
        return 1.0998393201288669  # at z = 2.399357280515468
