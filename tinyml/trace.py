"""Recording of one training step: inputs and outputs of every layer, every gradient, every parameter before and after.
A record is a copy, and recording leaves the network unchanged.
"""

from collections.abc import Sequence
from copy import copy
from typing import Any, NamedTuple

from tinyml.core import Array, overflow_allowed
from tinyml.data.scaling import Scaled
from tinyml.layers import Layer
from tinyml.layers.topology import Topology
from tinyml.loss_trace import LossTrace, loss_trace
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import Clipped, Objective, Optimizer, Rate
from tinyml.parameter_trace import ParameterTrace, minimized, parameter_traces
from tinyml.steps import Stage, stages


class LayerTrace(NamedTuple):
    """One layer in one training step. `layer` provides the formulas; the numbers are those recorded here.

    `saved` is what else the pass made, by name: a dropout layer's mask, a normalization's mean and variance.
    `running_state` are values that a forward pass updates, before the step and after: a dropout layer's passes, a
    normalization's running statistics.
    `training` is True for a pass in training mode, False in evaluation mode.
    """

    layer: Layer
    input: Array
    output: Array
    output_gradient: Array
    input_gradient: Array
    saved: dict[str, Array]
    parameters: dict[str, ParameterTrace]
    running_state: dict[str, tuple[Any, Any]]
    training: bool

    def one_gradient(self) -> Array:
        """∂ℓ/∂1 of the constant 1 that multiplies the biases, for each sample: by Law 2 it is Σₖ ∇ₖ bₖ."""
        with overflow_allowed():
            return self.output_gradient @ self.parameters["b"].value


class Trace(NamedTuple):
    """One training step. `y` is None for a loss without targets, `topology` has the input of each layer, `stages`
    is the order of computation, `scaled` the raw inputs if `x` was scaled, `clipped` what a clip did to the gradients,
    `objective` the loss with the penalty if there is one.
    """

    x: Array
    y: Array | None
    output: Array
    loss: LossTrace
    layers: tuple[LayerTrace, ...]
    topology: Topology
    optimizer: Optimizer
    stages: tuple[Stage, ...]
    rate: Rate
    scaled: Scaled | None = None
    clipped: Clipped | None = None
    objective: Objective | None = None

    @property
    def targets(self) -> Array:
        """The targets `y`. Raises ValueError if the loss takes none."""
        if self.y is None:
            raise ValueError(f"{self.loss.loss.type} takes no targets.")
        return self.y

    @property
    def ordered(self) -> tuple[LayerTrace, ...]:
        """The layers in the order in which they ran."""
        return tuple(self.layers[place] for place in self.topology.order)

    def inputs(self, place: int) -> tuple[str, ...]:
        """Return the names of the input tensors of the layer at an index, such as `x` or `fc_1.output`."""
        source = self.topology.sources[place]
        return ("x" if source is None else f"{self.layers[source].layer.name}.output",)

    @property
    def last(self) -> LayerTrace:
        """The layer whose output is the input of the loss."""
        return self.layers[self.topology.last]

    @property
    def input_gradient(self) -> Array:
        """∂ℓ/∂x."""
        return self.layers[self.topology.first].input_gradient


def trace(model: Sequential, loss: Loss, optimizer: Optimizer, x: Array, y: Array | None = None) -> Trace:
    """Record one training step of `model` on inputs `x` (batch first) and targets `y`.

    The same programs run as in training. Raises ShapeError if shapes do not fit.
    """
    plan = model.training_plan("trace", loss, x)
    value = plan.look(optimizer, x, y)
    views, of = plan.views, minimized(plan, optimizer, value)
    # Each output is copied once and serves as the input of the layer that takes it, so that the records share it.
    outputs = _copied(views.input, views.outputs)
    gradients = _copied(views.input_gradient, views.output_gradients)
    sources = plan.topology.sources
    layers = tuple(
        LayerTrace(
            layer,
            outputs[sources[i]],
            outputs[i],
            gradients[i],
            gradients[sources[i]],
            saved,
            parameter_traces(plan, layer, views.parameters[i], of.gradients),
            {name: (copy(getattr(layer, name)), copy(after)) for name, after in plan.running_state[i].items()},
            layer.training,
        )
        for i, (layer, saved) in enumerate(zip(plan.layers, plan.saved(), strict=True))
    )
    truth, last = None if views.truth is None else views.truth.copy(), plan.topology.last
    of_loss = loss_trace(loss, value, gradients[last], outputs[last], truth)
    rest = plan.topology, optimizer, plan.derived(stages), optimizer.present, None, of.clipped, of.objective
    return Trace(outputs[None], truth, outputs[last], of_loss, layers, *rest)


def _copied(input: Array, outputs: Sequence[Array]) -> dict[int | None, Array]:
    """Copies by the layers' indices, that of the input under None."""
    return {None: input.copy()} | {place: output.copy() for place, output in enumerate(outputs)}


def trace_as_lists(
    model: Sequential, loss: Loss, optimizer: Optimizer, x: Array, y: Array | None = None
) -> dict[str, Any]:
    """Return the loss and the tensors of a training step as nested lists for JSON, by the names of `tinyml.tensors`,
    without the state of optimizers and layers; several times as fast as `trace` on a tiny network, since it copies no
    array.
    """
    plan = model.training_plan("trace", loss, x)
    value = plan.look(optimizer, x, y)
    return {"loss": value, "tensors": {name: view.tolist() for name, view in plan.named_views}}
