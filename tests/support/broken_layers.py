"""Every layer, each with one of several faults in its backward pass."""

from typing import Any

import numpy as np

from tests.support.layer_cases import Case
from tinyml import layers
from tinyml.core import Program
from tinyml.layers import Layer, MaxUnpool2D
from tinyml.layers.buffers import LayerBuffers

LAYERS = [name for name in layers.__all__ if name != "Layer"]
FAULTS = ["sign", "factor 2", "transposed", "missing term"]


class Unpool(MaxUnpool2D):
    """MaxUnpool2D with the places that it needs, so that it can be part of a network."""

    def __init__(self, case: Case) -> None:
        super().__init__("first", **case.arguments)
        self.places = case.fed(case.x())[1]

    def forward(self, input: Any, index: Any = None) -> Any:
        return super().forward(input, self.places[: len(input)])


def right(case: Case) -> Layer:
    """The layer of a case, unchanged."""
    if case.kind == "MaxUnpool2D":
        return Unpool(case)
    layer = case.layer()
    layer.name = "first"
    return layer


def broken(case: Case, fault: str) -> Layer:
    """The same layer with a fault in its backward pass."""
    layer = right(case)
    kind = type(layer)
    if layer.overrides_passes:
        backward = kind.backward
        layer.__class__ = type(kind.__name__, (kind,), {"backward": partial_method(backward, fault)})
        return layer

    def input_program(self: Layer, at: LayerBuffers) -> Program:
        program = kind.input_program(self, at)
        if fault == "missing term":
            return [(at.output_gradient[0].fill, 0), *program]
        return [*program, (spoil, at.input_gradient, fault)]

    def parameter_program(self: Layer, at: LayerBuffers) -> Program:
        program = kind.parameter_program(self, at)
        if not program:
            return program
        if fault == "missing term":
            return [(at.output_gradient[..., 0].fill, 0), *program]
        return [*program, *((spoil, gradient, fault) for gradient in at.gradients.values())]

    faulty = {"input_program": input_program, "parameter_program": parameter_program}
    layer.__class__ = type(kind.__name__, (kind,), faulty)
    return layer


def partial_method(backward: Any, fault: str) -> Any:
    """A `backward` whose result is made wrong."""

    def spoiled(self: Layer, in_gradient: Any) -> Any:
        given = np.array(in_gradient)
        if fault == "missing term":
            given[:, 0] = 0
        answer = np.array(backward(self, given))
        if fault != "missing term":
            spoil(answer, fault)
        return answer

    return spoiled


def spoil(gradient: Any, fault: str) -> None:
    """Make a gradient wrong in place."""
    if fault == "sign":
        gradient *= -1
    elif fault == "factor 2":
        gradient *= 2
    else:
        gradient[...] = gradient.reshape(-1)[::-1].reshape(gradient.shape)  # similar to a transposed square matrix
