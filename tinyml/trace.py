"""One training step, recorded: what went in and came out of every layer, every gradient, every parameter before and
after.

A record is a copy, and looking changes nothing: the network is left as it was found.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tinyml.core import Array, Backend, overflow_allowed
from tinyml.layers import Layer
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import Optimizer
from tinyml.steps import Stage, stages


@dataclass(frozen=True, slots=True)
class ParameterTrace:
    """A parameter in the notation's orientation (w: inputs × outputs): its value, ∂ℓ/∂value, and the value after the
    update.
    """

    value: Array
    gradient: Array
    next: Array


@dataclass(frozen=True, slots=True)
class LayerTrace:
    """One layer in one training step. `layer` is kept for its formulas; the numbers are those recorded here."""

    layer: Layer
    input: Array
    output: Array
    output_gradient: Array
    input_gradient: Array
    parameters: dict[str, ParameterTrace]

    def one_gradient(self) -> Array:
        """∂ℓ/∂1 for the constant 1 that carries the biases, a sample each: by Law 2 it is Σₖ ∇ₖ bₖ."""
        with overflow_allowed():
            return self.output_gradient @ self.parameters["b"].value


@dataclass(frozen=True, slots=True)
class LossTrace:
    """The loss and its gradient with respect to the network's output."""

    loss: Loss
    value: float
    gradient: Array


@dataclass(frozen=True, slots=True)
class Trace:
    """One training step. `stages` tells in which order its numbers come to be."""

    x: Array
    y: Array
    output: Array
    loss: LossTrace
    layers: tuple[LayerTrace, ...]
    optimizer: Optimizer
    stages: tuple[Stage, ...]


def trace(model: Sequential, loss: Loss, optimizer: Optimizer, x: Array, y: Array) -> Trace:
    """Record one training step of `model` on inputs `x` (batch first) and targets `y`.

    The same forward, backward and update code runs as in training. Raises ShapeError where something does not fit.
    """
    plan = stages(model.layers, model.shapes(x.shape[1:]), len(x))
    with left_as_found(model), overflow_allowed():
        # Each layer's output is copied once and serves as the next one's input, so the records share it.
        x = x.copy()
        passed = [x, *(step.output.copy() for step in model.forward_steps(x))]
        y = loss.targets(y, passed[-1].shape[-1])
        value, gradient = loss(passed[-1], y)
        gradients = [gradient.copy(), *(step.input_gradient.copy() for step in model.backward_steps(gradient))]
        gradients.reverse()
        layers = tuple(
            LayerTrace(layer, passed[i], passed[i + 1], gradients[i + 1], gradients[i], _parameters(layer, optimizer))
            for i, layer in enumerate(model.layers)
        )
    return Trace(x, y.copy(), passed[-1], LossTrace(loss, value, gradients[-1]), layers, optimizer, plan)


def _parameters(layer: Layer, optimizer: Optimizer) -> dict[str, ParameterTrace]:
    recorded = {}
    for name, parameter in layer.parameters().items():
        arrays = (parameter.tensor, Backend.asarray(parameter.gradient), optimizer.propose(parameter)[0])
        recorded[name] = ParameterTrace(*(layer.in_notation(name, array).copy() for array in arrays))
    return recorded


@contextmanager
def left_as_found(model: Sequential) -> Iterator[None]:
    """Put back, afterwards, whatever the passes leave behind in layers and parameters."""
    before = [(owner, dict(vars(owner))) for owner in (*model.layers, *model.parameters)]
    try:
        yield
    finally:
        for owner, state in before:
            vars(owner).clear()
            vars(owner).update(state)
