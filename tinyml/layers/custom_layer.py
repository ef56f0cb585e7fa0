"""Adapter for layers that override `forward` and `backward`, as in the chapter's library, so that a plan can run
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy

from tinyml.core import Backend, OrderError, Program, ShapeError, TinymlError, overflow_allowed
from tinyml.layers.buffers import LayerBuffers, Shape, samples_first, samples_last
from tinyml.layers.definition import LayerDefinition


def overrides_passes(kind: type[LayerDefinition], base: type[LayerDefinition]) -> bool:
    """Return whether a class overrides `forward` or `backward` in a more derived class than the programs of the same
    pass. `base` is the class that defines both.
    """
    line = kind.__mro__[: kind.__mro__.index(base)]

    def written(name: str) -> int:
        return next((i for i, each in enumerate(line) if name in vars(each)), len(line))

    return written("forward") < written("forward_program") or written("backward") < written("input_program")


def found_shape(layer: LayerDefinition, input_shape: Shape) -> Shape:
    """Return the output shape of a layer that overrides its passes, found once by running them on zeros.

    In the chapter's library a layer defines only its passes, but arrays are allocated before a pass runs.
    """
    if input_shape not in layer.found_shapes:
        trial = deepcopy(layer)  # so that the layer's own state does not change
        # A forward that calls the base class's forward would recurse into this function; the default keeps the shape.
        trial.found_shapes[input_shape] = input_shape
        try:
            with overflow_allowed():
                output = trial.forward(Backend.zeros((1, *input_shape)))
        except TinymlError:
            raise
        except Exception as error:
            raise ShapeError(
                f"{layer.type} '{layer.name}': its output shape was determined by running forward on zeros, "
                f"one sample of shape {input_shape}, but it raised {type(error).__name__}: {error}; change the layer "
                "before it, or override output_shape."
            ) from error
        layer.found_shapes[input_shape] = output.shape[1:]
    return layer.found_shapes[input_shape]


@contextmanager
def state_restored(layers: Sequence[LayerDefinition]) -> Iterator[None]:
    """Return a context that at its end restores the state that passes change besides the parameters, such as running
    statistics, and within which overflow gives ∞ and NaN without a warning.
    """
    before = [(layer, name, getattr(layer, name)) for layer in layers for name in layer.running_state]
    # A layer that overrides its passes may change any attribute and parameter.
    owners = [owner for layer in layers if layer.overrides_passes for owner in (layer, *layer.parameters().values())]
    found = [(owner, dict(vars(owner))) for owner in owners]
    try:
        with overflow_allowed():
            yield
    finally:
        for layer, name, value in before:
            setattr(layer, name, value)
        for owner, state in found:
            vars(owner).clear()
            vars(owner).update(state)


class CustomLayerAdapter:
    """Programs of a layer whose passes take and return whole arrays, samples first."""

    slope_from_output = False

    def __init__(self, layer: LayerDefinition) -> None:
        self.layer = layer

    def forward_program(self, at: LayerBuffers) -> Program:
        """Call `forward` with a copy of the input, which it may keep or change, and copy its result."""
        return [(self._forward, at)]

    def parameter_program(self, at: LayerBuffers) -> Program:
        """Call `backward` and copy all its results. It is called here because this program is never omitted."""
        return [(self._backward, at)]

    def input_program(self, at: LayerBuffers) -> Program:
        """Empty: `parameter_program` has already called `backward`."""
        return []

    def _forward(self, at: LayerBuffers) -> None:
        output = samples_last(self.layer.forward(samples_first(at.input).copy()))
        if output.shape != at.output.shape:
            raise ShapeError(
                f"{self.layer.type} '{self.layer.name}': forward returned samples of shape {output.shape[:-1]}, but "
                f"output_shape returned {at.output.shape[:-1]}; override output_shape to return that shape."
            )
        at.output[...] = output

    def _backward(self, at: LayerBuffers) -> None:
        at.input_gradient[...] = samples_last(self.layer.backward(samples_first(at.output_gradient).copy()))
        for name, parameter in self.layer.parameters().items():
            # numpy would copy None as NaN.
            if parameter.gradient is None and parameter.require_grad:
                raise OrderError(
                    f"{self.layer.type} '{self.layer.name}': backward must set the gradient of each parameter, but "
                    f"that of {name} is None; set it, to zeros if the loss does not depend on it."
                )
            parameter.within(at.gradients[parameter.block])[...] = (
                0 if parameter.gradient is None else parameter.gradient
            )
