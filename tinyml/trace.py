"""One training step, recorded: what went in and came out of every layer, every gradient, every parameter before and
after.

A record is a copy, and looking changes nothing: the network is left as it was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NamedTuple

from tinyml.core import Array, Block, overflow_allowed, run
from tinyml.layers import Layer
from tinyml.layers.site import samples_first
from tinyml.layers.whole import overrides_passes
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.net.training_plan import TrainingPlan
from tinyml.optims import Optimizer
from tinyml.steps import Stage, stages


class ParameterTrace(NamedTuple):
    """A parameter in the notation's orientation (w: inputs × outputs): its value, ∂ℓ/∂value, and the value after the
    update.
    """

    value: Array
    gradient: Array
    next: Array


class LossTrace(NamedTuple):
    """The loss and its gradient with respect to the network's output."""

    loss: Loss
    value: float
    gradient: Array


class Recorded(NamedTuple):
    """The copies that a record is made of, as the network's plan keeps them: samples last, parameters in vectors."""

    passed: list[Array]
    returned: list[Array]
    kept: list[dict[str, Array]]
    values: dict[Block, Array]
    gradients: dict[Block, Array]
    next: dict[Block, Array]


class LayerTrace:
    """One layer in one training step. `layer` is kept for its formulas; the numbers are those recorded here.

    Its arrays are made when they are asked for, as views of the record: most who look, look at a few.
    """

    def __init__(self, layer: Layer, number: int, recorded: Recorded) -> None:
        self.layer = layer
        self._number = number
        self._recorded = recorded

    @cached_property
    def input(self) -> Array:
        """What came in, (batch, …)."""
        return samples_first(self._recorded.passed[self._number])

    @cached_property
    def output(self) -> Array:
        """What went out, (batch, …)."""
        return samples_first(self._recorded.passed[self._number + 1])

    @cached_property
    def output_gradient(self) -> Array:
        """∂ℓ/∂output."""
        return samples_first(self._recorded.returned[self._number + 1])

    @cached_property
    def input_gradient(self) -> Array:
        """∂ℓ/∂input."""
        return samples_first(self._recorded.returned[self._number])

    @cached_property
    def kept(self) -> dict[str, Array]:
        """What else the pass made, by name: a dropout layer's mask."""
        return {name: samples_first(array) for name, array in self._recorded.kept[self._number].items()}

    @cached_property
    def parameters(self) -> dict[str, ParameterTrace]:
        """The parameters by name."""
        vectors = (self._recorded.values, self._recorded.gradients, self._recorded.next)
        return {
            name: ParameterTrace(
                *(self.layer.in_notation(name, parameter.within(vector[parameter.block])) for vector in vectors)
            )
            for name, parameter in self.layer.parameters().items()
        }

    def one_gradient(self) -> Array:
        """∂ℓ/∂1 for the constant 1 that carries the biases, a sample each: by Law 2 it is Σₖ ∇ₖ bₖ."""
        with overflow_allowed():
            return self.output_gradient @ self.parameters["b"].value


class Trace:
    """One training step.

    `layers`     each layer's part.
    `loss`       the loss and its gradient.
    `optimizer`  what made the next parameters.
    """

    def __init__(self, plan: TrainingPlan, recorded: Recorded, truth: Array, loss: float, optimizer: Optimizer) -> None:
        self.optimizer = optimizer
        self._plan_layers, self._shapes, self._batch = plan.layers, plan.shapes, plan.batch
        self._loss = plan.loss, loss
        self._recorded = recorded
        self._truth = truth

    @cached_property
    def x(self) -> Array:
        """The inputs, (batch, …)."""
        return samples_first(self._recorded.passed[0])

    @cached_property
    def y(self) -> Array:
        """The targets, in the shape of the output."""
        return samples_first(self._truth)

    @cached_property
    def output(self) -> Array:
        """The network's output, (batch, …)."""
        return samples_first(self._recorded.passed[-1])

    @cached_property
    def loss(self) -> LossTrace:
        """The loss and its gradient with respect to the output."""
        return LossTrace(*self._loss, samples_first(self._recorded.returned[-1]))

    @cached_property
    def layers(self) -> tuple[LayerTrace, ...]:
        """The layers, first to last."""
        return tuple(LayerTrace(layer, i, self._recorded) for i, layer in enumerate(self._plan_layers))

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """In which order the numbers come to be."""
        return stages(self._plan_layers, self._shapes, self._batch)

    def to_lists(self) -> dict[str, Any]:
        """Every number, as nested lists in the order of the arrays: ready for JSON."""
        passed = [samples_first(array).tolist() for array in self._recorded.passed]
        returned = [samples_first(array).tolist() for array in self._recorded.returned]
        return {
            "x": passed[0],
            "y": samples_first(self._truth).tolist(),
            "output": passed[-1],
            "loss": {"value": self._loss[1], "gradient": returned[-1]},
            "layers": [
                {
                    "name": layer.name,
                    "input": passed[i],
                    "output": passed[i + 1],
                    "output_gradient": returned[i + 1],
                    "input_gradient": returned[i],
                    "parameters": self._parameter_lists(layer),
                }
                for i, layer in enumerate(self._plan_layers)
            ],
        }

    def _parameter_lists(self, layer: Layer) -> dict[str, dict[str, Any]]:
        vectors = {"value": self._recorded.values, "gradient": self._recorded.gradients, "next": self._recorded.next}
        return {
            name: {
                what: layer.in_notation(name, parameter.within(vector[parameter.block])).tolist()
                for what, vector in vectors.items()
            }
            for name, parameter in layer.parameters().items()
        }


def trace(model: Sequential, loss: Loss, optimizer: Optimizer, x: Array, y: Array) -> Trace:
    """Record one training step of `model` on inputs `x` (batch first) and targets `y`.

    The same programs run as in training. Raises ShapeError where something does not fit.
    """
    plan = model.training_plan("trace", loss, x)
    assert plan.named
    with left_as_found(plan.layers), overflow_allowed():
        plan.feed(x)
        plan.feed_truth(y)
        # Each layer's output is copied once and serves as the next one's input, so the records share it.
        passed, kept = [plan.sites[0].input.copy()], []
        for layer, site, program in zip(plan.layers, plan.sites, plan.forward_programs, strict=True):
            run(program)
            passed.append(site.output.copy())
            kept.append({name: array.copy() for name, array in layer.kept(site).items()})
        value = plan.compare()
        returned = [plan.sites[-1].output_gradient.copy()]
        run(plan.slopes_program)
        for site, program in zip(reversed(plan.sites), reversed(plan.backward_programs), strict=True):
            run(program)
            returned.append(site.input_gradient.copy())
        returned.reverse()
        plan.propose(optimizer)
        values, gradients, following = plan.vector.values.copy(), plan.gradients.copy(), plan.following.copy()
    recorded = Recorded(passed, returned, kept, plan.parts(values), plan.parts(gradients), plan.parts(following))
    return Trace(plan, recorded, plan.truth.copy(), value, optimizer)


@contextmanager
def left_as_found(layers: Sequence[Layer]) -> Iterator[None]:
    """Put back, afterwards, what passes move on beside the parameters, such as running statistics."""
    before = [(layer, name, getattr(layer, name)) for layer in layers for name in layer.moving]
    # A layer with passes of its own may leave anything behind, in itself and in its parameters.
    owners = [owner for layer in layers if overrides_passes(layer) for owner in (layer, *layer.parameters().values())]
    found = [(owner, dict(vars(owner))) for owner in owners]
    try:
        yield
    finally:
        for layer, name, value in before:
            setattr(layer, name, value)
        for owner, state in found:
            vars(owner).clear()
            vars(owner).update(state)
