"""What the layers share that are a function of each entry by itself."""

from __future__ import annotations

from tinyml.core import Backend, Program
from tinyml.layers.base import Layer
from tinyml.layers.site import Site


class Elementwise(Layer):
    """h = f(z), entry by entry: the gradient is ∂ℓ/∂z = ∂ℓ/∂h · f′(z), upstream times local.

    A subclass writes `forward_program`, which is f, and `slope_program`, which is f′.
    """

    stackable = True

    def input_program(self, at: Site) -> Program:
        shared = self.slope_from_output
        if not shared:
            at.slope = at.scratch("slope", at.output.shape)
        own = [] if shared else self.slope_program(at)
        return [*own, (Backend.multiply, at.output_gradient, at.slope, at.input_gradient)]
