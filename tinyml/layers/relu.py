"""The rectified linear unit."""

from __future__ import annotations

from functools import partial

from tinyml.core import Array, Backend, Program
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.elementwise import SplitAtZero
from tinyml.layers.ranges import Range


class ReLu(SplitAtZero):
    """Sets negative numbers to 0.

    Forward:   h = max(z, 0).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h where z > 0, else 0; at the kink z = 0 the derivative is taken as 0, as PyTorch does.
    Shapes:    any; the output has the shape of the input.
    Source:    Nair and Hinton (2010), Rectified linear units improve restricted Boltzmann machines.
    """

    piecewise_affine = True
    symbol = "ReLU"

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(partial(Backend.maximum, out=at.output), at.input, at.number(0))]

    def split(self, positive: Array, z: Array, h: Array) -> None:
        h[...] = Backend.where(positive, z, 0)

    def input_program(self, at: LayerBuffers) -> Program:
        # A selection by bits, all of them (−1) or none (0), not a product with 0 or 1: 0 · ∞ would turn a stopped
        # gradient into NaN. It is as fast as the product; a selection by `where` takes six times as long.
        # NaN passes through both passes, as in PyTorch.
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

    def slopes(self, input: Array, output: Array) -> Array:
        return Backend.where(input <= 0, 0.0, 1.0)
