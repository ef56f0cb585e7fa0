"""Divergence: the step and the place of the first number that is not finite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import isfinite
from typing import Any, NamedTuple

from tinyml.core import Array, Backend, DivergenceError
from tinyml.layers import Layer
from tinyml.layers.plan import Plan
from tinyml.net import Sequential
from tinyml.optims import Optimizer


class Place(NamedTuple):
    """One of the arrays of a step: its layer, if any, and what it is."""

    layer: Layer | None
    where: str

    def __str__(self) -> str:
        return f"the {self.where}" + (f" of {self.layer.type} '{self.layer.name}'" if self.layer else "")


Places = Iterable[tuple[Place, Array]]
DATA = ("input data", "targets")


def first_place(places: Places) -> Place | None:
    """The first array that contains ∞ or NaN; None if all are finite."""
    return next((place for place, array in places if not Backend.isfinite(array).all()), None)


def in_forward(plan: Plan[Layer], truth: Array | None, loss: float) -> Iterator[tuple[Place, Array]]:
    """The arrays of a plan's last forward pass, in the order of computation."""
    yield Place(None, DATA[0]), plan.first.input
    if truth is not None:
        yield Place(None, DATA[1]), truth
    for i in plan.topology.order:
        layer = plan.layers[i]
        yield Place(layer, "output"), plan.buffers[i].output
        for name, array in layer.buffers().items():
            yield Place(layer, name), array
    yield Place(None, "loss"), Backend.asarray(loss)


def in_backward(plan: Plan[Layer]) -> Iterator[tuple[Place, Array]]:
    """The arrays of its last backward pass. What was not computed contains zeros."""
    yield Place(None, "gradient of the loss"), plan.last.output_gradient
    for i in reversed(plan.topology.order):
        layer = plan.layers[i]
        for name, parameter in layer.parameters().items():
            if parameter.gradient is not None:
                yield Place(layer, f"gradient of {name}"), parameter.gradient
        yield Place(layer, "gradient of the input"), plan.buffers[i].input_gradient


def in_parameters(layers: Sequence[Layer], prefix: str = "") -> Iterator[tuple[Place, Array]]:
    """The current parameters."""
    for layer in layers:
        for name, parameter in layer.parameters().items():
            yield Place(layer, prefix + name), parameter.tensor


class Watch:
    """Checks every step of a training, after its passes and before its update; raises a DivergenceError that names the
    first number that is not finite.
    """

    def __init__(self, model: Sequential, optimizer: Optimizer, history: list[Any]) -> None:
        """`history` contains the records of the finished epochs. Raises if a parameter is not finite at the start."""
        self._model = model
        self._optimizer = optimizer
        self._history = history
        self._steps = 0
        self._finite = False  # whether the parameters are known to be finite
        self._movers = [layer for layer in model.layers if layer.running_state]
        self._before = self._moved()
        if place := first_place(in_parameters(model.layers)):
            raise self._error(place, f"{place} is not finite before the first step; start from other values.", 0, 0)

    def look(self, plan: Plan[Layer], truth: Array | None, loss: float, gradients: Iterable[Array]) -> None:
        """Check a step; if it is refused, the running state of the layers is restored."""
        self._finite = False
        buffers = [array for layer in self._movers for array in layer.buffers().values()]
        if not _finite(loss, *gradients, *buffers):
            self.look_at_parameters()  # the step before made them
            self._steps += 1
            if place := first_place((*in_forward(plan, truth, loss), *in_backward(plan))):
                for layer, name, value in self._before:
                    setattr(layer, name, value)
                raise self._diverged(place, "The network is as it was before this step.")
        else:
            self._steps += 1
        self._before = self._moved()

    def passed(self, steps: int) -> None:
        """Count steps that others have checked, together with the parameters after them."""
        self._finite = True
        self._steps += steps
        self._before = self._moved()

    def look_at_parameters(self) -> None:
        """Check the parameters after the last update."""
        place = None if self._finite else first_place(in_parameters(self._model.layers, "updated "))
        if place is not None:
            raise self._diverged(place, "This step's update has been made: all of its gradients were finite.")

    def look_at_measure(self, data: Array, truth: Array | None, loss: float) -> None:
        """Check the validation loss."""
        if not isfinite(loss):
            plan = self._model.planned("predict", data, Plan)
            place = first_place(in_forward(plan, truth, loss)) or Place(None, "loss")
            raise self._diverged(place._replace(where=f"validation {place.where}"), "The step has been taken.")

    def _moved(self) -> list[tuple[Layer, str, Any]]:
        """What passes move on in layers, as it is now."""
        return [(layer, name, getattr(layer, name)) for layer in self._movers for name in layer.running_state]

    def _diverged(self, place: Place, left: str) -> DivergenceError:
        epoch = len(self._history) + 1
        if place.where.endswith(DATA):
            advice = "look for ∞ and NaN in the data"
        elif place.layer is not None and self._divided_by_zero(place.layer):
            advice = "its step was 0/0, since all of its gradients so far and epsilon are 0; set epsilon above 0"
        else:
            advice = f"try a learning rate below {self._optimizer.lr:g}, or look for very large numbers in the data"
        message = f"{place} is the first that is not finite, at step {self._steps} (epoch {epoch}); {advice}. {left}"
        return self._error(place, message, self._steps, epoch)

    def _divided_by_zero(self, layer: Layer) -> bool:
        """Whether the last update of a layer divided 0 by 0."""
        states = [parameter.state for parameter in layer.parameters().values() if parameter.require_grad]
        return any(self._optimizer.divided_by_zero(state) is not None for state in states)

    def _error(self, place: Place, message: str, step: int, epoch: int) -> DivergenceError:
        layer = place.layer.name if place.layer else None
        return DivergenceError(
            f"Learner: {message}", step=step, epoch=epoch, layer=layer, where=place.where, history=self._history
        )


def _finite(number: float, *arrays: Array) -> bool:
    """Whether all numbers are certainly finite. False is possible for very large ones, whose squares overflow."""
    # One ∞ or NaN makes the sum of squares non-finite, and the dot product with itself is the fastest test.
    for array in arrays:
        flat = array.reshape(-1)
        number = number + flat.dot(flat)
    return isfinite(number)
