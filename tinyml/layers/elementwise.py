"""Base classes of elementwise layers."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from tinyml.core import Array, Backend, Program, compiled, run
from tinyml.layers.base import Layer
from tinyml.layers.buffers import LayerBuffers


class Elementwise(Layer):
    """h = f(z), entry by entry: the gradient is ∂ℓ/∂z = ∂ℓ/∂h · f′(z), upstream times local.

    A subclass defines f in `forward_program` and f′ in `slope_program`. Their formulas are a row of the table in
    `tinyml/explain/layers/elementwise.py`.
    """

    stackable = writes_any_layout = True

    def input_program(self, at: LayerBuffers) -> Program:
        shared = self.slope_from_output
        if not shared:
            at.slope = at.scratch("slope", at.output.shape)
        own = [] if shared else self.slope_program(at)
        return [*own, (Backend.multiply, at.output_gradient, at.slope, at.input_gradient)]

    def slopes(self, input: Array, output: Array) -> Array:
        at = LayerBuffers(input.dtype, 0)
        at.input, at.output, at.slope = input, output, Backend.empty(input.shape, dtype=input.dtype)
        run(compiled(self.slope_program(at)))
        return at.slope


class SplitAtZero(Elementwise):
    """h = f(z) with one definition for z > 0 and another elsewhere; a subclass defines both in `split`."""

    @abstractmethod
    def split(self, positive: Array, z: Array, h: Array) -> None:
        """Write f(z) to `h`, with the first definition where `positive` and the second elsewhere."""

    def branches(self, at: LayerBuffers) -> Array:
        positive: Array = at.input > 0
        return positive

    def along(self, branches: Array, at: LayerBuffers) -> None:
        self.split(branches, at.input, at.output)


class Curved(Elementwise):
    """h = f(z) whose slope is computed from z; a subclass defines f′ in `steepness`, for arrays of any shape."""

    @abstractmethod
    def steepness(self, z: Array, slope: Array) -> None:
        """Write f′(z) to `slope`."""

    def slope_program(self, at: LayerBuffers, parts: Sequence[tuple[Array, LayerBuffers]] = ()) -> Program:
        return [(self.steepness, at.input, at.slope)]
