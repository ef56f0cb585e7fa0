"""Layers that override `forward` and `backward` themselves, as the chapter's library writes them, in a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml.core import Program, ShapeError
from tinyml.layers.site import Site, samples_first, samples_last

if TYPE_CHECKING:
    from tinyml.layers.base import Layer


def overrides_passes(layer: Layer) -> bool:
    """Whether a class below the one that wrote the layer's programs wrote a `forward` or `backward` of its own."""
    line = type(layer).__mro__

    def written(name: str) -> int:
        return next(i for i, kind in enumerate(line) if name in vars(kind))

    return written("forward") < written("forward_program") or written("backward") < written("input_program")


class Whole:
    """The programs of a layer that takes and gives whole arrays, samples first."""

    slope_from_output = False

    def __init__(self, layer: Layer) -> None:
        self.layer = layer

    def forward_program(self, at: Site) -> Program:
        """Call `forward`, and copy what it gives."""
        return [(self._forward, at)]

    def parameter_program(self, at: Site) -> Program:
        """Call `backward`, and copy all that it gives: here, where no one leaves it out."""
        return [(self._backward, at)]

    def input_program(self, at: Site) -> Program:
        """Nothing: `parameter_program` has done it."""
        return []

    def _forward(self, at: Site) -> None:
        output = samples_last(self.layer.forward(samples_first(at.input)))
        if output.shape != at.output.shape:
            raise ShapeError(
                f"{self.layer.type} '{self.layer.name}': forward gave samples of shape {output.shape[:-1]}, but "
                f"output_shape promised {at.output.shape[:-1]}; override output_shape too."
            )
        at.output[...] = output

    def _backward(self, at: Site) -> None:
        at.input_gradient[...] = samples_last(self.layer.backward(samples_first(at.output_gradient)))
        for parameter in self.layer.parameters().values():
            parameter.within(at.gradients[parameter.block])[...] = parameter.gradient
