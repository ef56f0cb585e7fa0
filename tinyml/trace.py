"""One training step, recorded: what went in and came out of every layer, every gradient, every parameter before and
after.

A record is a copy, and looking changes nothing: the network is left as it was found.
"""

from copy import copy
from typing import Any, NamedTuple

from tinyml.core import Array, overflow_allowed
from tinyml.data.scaling import Scaled
from tinyml.layers import Layer
from tinyml.loss_trace import LossTrace, loss_trace
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import Optimizer
from tinyml.optims.base import State
from tinyml.steps import Stage, stages


class ParameterTrace(NamedTuple):
    """A parameter in the notation's orientation (w: inputs × outputs): its value, ∂ℓ/∂value, the value after the
    update, and what the optimizer remembers of it before the update and after, by name.
    """

    value: Array
    gradient: Array
    next: Array
    state: State
    next_state: State


class LayerTrace(NamedTuple):
    """One layer in one training step. `layer` is there for its formulas; the numbers are those recorded here.

    `kept` is what else the pass made, by name: a dropout layer's mask, a normalization's mean and variance. `moved` is
    what it moves on, before the step and after: a dropout layer's passes, a normalization's running statistics.
    `training` tells whether it was a pass for training or for predicting.
    """

    layer: Layer
    input: Array
    output: Array
    output_gradient: Array
    input_gradient: Array
    kept: dict[str, Array]
    parameters: dict[str, ParameterTrace]
    moved: dict[str, tuple[Any, Any]]
    training: bool

    def one_gradient(self) -> Array:
        """∂ℓ/∂1 for the constant 1 that carries the biases, a sample each: by Law 2 it is Σₖ ∇ₖ bₖ."""
        with overflow_allowed():
            return self.output_gradient @ self.parameters["b"].value


class Trace(NamedTuple):
    """One training step. `y` is None for a loss without targets, `stages` the order of the numbers, and `scaled` what
    `x` was made from if it was scaled.
    """

    x: Array
    y: Array | None
    output: Array
    loss: LossTrace
    layers: tuple[LayerTrace, ...]
    optimizer: Optimizer
    stages: tuple[Stage, ...]
    scaled: Scaled | None = None

    @property
    def targets(self) -> Array:
        """`y`, where the loss takes targets. Raises ValueError where it takes none."""
        if self.y is None:
            raise ValueError(f"{self.loss.loss.type} takes no targets.")
        return self.y

    # What follows is the only part of a record that knows that the layers form a chain.

    def source(self, place: int) -> int | None:
        """The place of the layer whose output the layer at a place takes; None if it takes `x`."""
        return place - 1 if place else None

    def reader(self, place: int) -> int | None:
        """The place of the layer that takes the output of the layer at a place; None if the loss does."""
        return place + 1 if place + 1 < len(self.layers) else None

    def inputs(self, place: int) -> tuple[str, ...]:
        """The names of the tensors that the layer at a place takes, such as `x` or `fc_1.output`."""
        source = self.source(place)
        return ("x" if source is None else f"{self.layers[source].layer.name}.output",)

    @property
    def last(self) -> LayerTrace:
        """The layer whose output the loss compares."""
        return self.layers[-1]

    @property
    def input_gradient(self) -> Array:
        """∂ℓ/∂x."""
        return self.layers[0].input_gradient


def trace(model: Sequential, loss: Loss, optimizer: Optimizer, x: Array, y: Array | None = None) -> Trace:
    """Record one training step of `model` on inputs `x` (batch first) and targets `y`.

    The same programs run as in training. Raises ShapeError where something does not fit.
    """
    plan = model.training_plan("trace", loss, x)
    value = plan.look(optimizer, x, y)
    views = plan.views
    # Each output is taken once and serves as the next layer's input, so that the records share it.
    passed = [view.copy() for view in views.passed]
    returned = [view.copy() for view in views.returned]
    layers = tuple(
        LayerTrace(
            layer,
            passed[i],
            passed[i + 1],
            returned[i + 1],
            returned[i],
            kept,
            {
                name: ParameterTrace(value.copy(), gradient.copy(), following.copy(), *states)
                for (name, value, gradient, following), states in zip(
                    views.parameters[i], plan.states(layer), strict=True
                )
            },
            {name: (copy(getattr(layer, name)), copy(after)) for name, after in plan.moved[i].items()},
            layer.training,
        )
        for i, (layer, kept) in enumerate(zip(plan.layers, plan.kept(), strict=True))
    )
    truth, output = None if views.truth is None else views.truth.copy(), passed[-1]
    of_loss = loss_trace(loss, value, returned[-1], output, truth)
    return Trace(passed[0], truth, output, of_loss, layers, optimizer, plan.derived(stages))


def trace_as_lists(
    model: Sequential, loss: Loss, optimizer: Optimizer, x: Array, y: Array | None = None
) -> dict[str, Any]:
    """The loss of a trace and its `tensors` as nested lists, by the names of `tinyml.tensors`, ready for JSON, but for
    what optimizers remember and layers keep; several times as fast on a tiny network, since it copies no array.
    """
    plan = model.training_plan("trace", loss, x)
    value = plan.look(optimizer, x, y)
    return {"loss": value, "tensors": {name: view.tolist() for name, view in plan.named_views}}
