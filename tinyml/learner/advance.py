"""Training steps one after another on one batch, each of them the step that `trace` records."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any

from tinyml.core import Array, Backend, overflow_allowed
from tinyml.layers import Layer
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.net.training_plan import TrainingPlan
from tinyml.optims import Optimizer
from tinyml.trace import Trace, trace


class Advance:
    """Trains a model a step at a time, on the batch `x` (samples first) and `y` (None for a loss without targets), or
    on the one that `feed` has given since.

    A step runs the plan of the trace and applies the update that it proposes. So n steps give the numbers of n
    successive traces to the last bit, with the same random masks and running statistics. Raises ShapeError if batch and
    model do not fit.
    """

    def __init__(self, model: Sequential, loss: Loss, optimizer: Optimizer, x: Array, y: Array | None) -> None:
        self._model, self._loss, self._optimizer = model, loss, optimizer
        self._prepared: dict[int, tuple[TrainingPlan, list[Array]]] = {}  # by the size of the batch
        self.feed(x, y)
        self._movers = [layer for layer in self._plan.layers if layer.running_state]

    def feed(self, x: Array, y: Array | None) -> None:
        """Take another batch for the next steps, of any number of samples."""
        if len(x) not in self._prepared:
            self._prepared[len(x)] = self._prepare(x)
        self._plan, self._looked_at = self._prepared[len(x)]
        self._batch = x, y
        self._plan.feed(x)
        self._plan.feed_truth(y)

    def _prepare(self, x: Array) -> tuple[TrainingPlan, list[Array]]:
        """A plan for batches like `x`, and the arrays of its numbers."""
        plan = self._model.training_plan("trace", self._loss, x)
        made = [buffers.output for layer, buffers in zip(plan.layers, plan.buffers, strict=True) if not layer.reshapes]
        gradients = plan.gradients  # its first use makes the arrays of the backward pass
        made += [buffers.output_gradient for buffers in plan.buffers] + [plan.first.input_gradient]
        return plan, [_flat(array) for array in (*made, gradients, plan.following)]

    def step(self) -> tuple[float, str | None]:
        """Take one training step; returns the loss before the update, and None.

        If a number of the step is not finite, the step is not taken: parameters, optimizer state and running
        statistics stay as they were, and the ref of the first such number, in the order of computation, is returned
        instead of None.
        """
        plan, before = self._plan, self._moved()
        loss = self._look()
        if not all_finite(loss, self._made()):
            for layer, name, value in before:
                setattr(layer, name, value)
            where = first_not_finite(trace(self._model, self._loss, self._optimizer, *self._batch))
            if where is not None:
                return loss, where
            self._look()  # every number is finite, though its square is not: the step counts
        Backend.copyto(plan.vector.values, plan.following)
        for parameter, state in plan.following_states.items():
            parameter.state = state
        return loss, None

    def measure(self) -> float:
        """Return the loss with the current parameters, as the next step would compute it; nothing is changed."""
        with self._plan.looking():
            self._plan.forward()
            loss: float = self._plan.compare()
        return loss

    def _look(self) -> float:
        """Compute all numbers of a step; only layers' running statistics and pass counts are changed."""
        with overflow_allowed():
            loss: float = self._plan.step_to_input()
            self._plan.propose(self._optimizer)
        return loss

    def _moved(self) -> list[tuple[Layer, str, Any]]:
        """The current running state of the layers."""
        return [(layer, name, getattr(layer, name)) for layer in self._movers for name in layer.running_state]

    def _made(self) -> Iterator[Array]:
        """All numbers that the step has made."""
        yield from self._looked_at
        for state in self._plan.following_states.values():
            yield from state.values()
        for layer in self._movers:
            yield from layer.buffers().values()
        for layer, buffers in zip(self._plan.layers, self._plan.buffers, strict=True):
            yield from layer.saved(buffers).values()


def all_finite(number: float, arrays: Iterator[Array]) -> bool:
    """Whether all numbers are certainly finite. False is possible for numbers above 1e150, whose squares overflow."""
    with overflow_allowed():
        for array in arrays:
            # The dot product with itself is the fastest test of an array.
            number = number + (array.dot(array) if array.ndim == 1 else (array * array).sum())
    return isfinite(number)


def first_not_finite(recorded: Trace) -> str | None:
    """The ref of the first number of a training step, in the order of computation, that is not finite."""
    for name, array in _in_order(recorded):
        finite = Backend.isfinite(array)
        if not finite.all():
            at = Backend.argwhere(~finite)[0].tolist()
            return f"{name}[{','.join(map(str, at))}]" if at else name
    return None


def _in_order(recorded: Trace) -> Iterator[tuple[str, Array]]:
    """The arrays of a step by the names that refs have for them: forward, loss, backward, update."""
    for layer in recorded.ordered:
        name = layer.layer.name
        yield from ((f"{name}.{kept}", array) for kept, array in layer.saved.items())
        yield f"{name}.output", layer.output
    yield "loss", Backend.asarray(recorded.loss.value)
    yield f"{recorded.last.layer.name}.output.grad", recorded.loss.gradient
    for place in reversed(recorded.topology.order):
        layer = recorded.layers[place]
        yield from ((f"{layer.layer.name}.{name}.grad", of.gradient) for name, of in layer.parameters.items())
        for source in recorded.inputs(place):
            yield f"{source}.grad", layer.input_gradient
    for layer in recorded.ordered:
        for name, of in layer.parameters.items():
            yield from ((f"{layer.layer.name}.{name}.{word}.next", array) for word, array in of.next_state.items())
            yield f"{layer.layer.name}.{name}.next", of.next
        yield from (
            (f"{layer.layer.name}.{name}.next", Backend.asarray(of)) for name, (_, of) in layer.running_state.items()
        )


def _flat(array: Array) -> Array:
    """The array as one row, if that is a view of it."""
    return array.reshape(-1) if array.flags.c_contiguous else array
