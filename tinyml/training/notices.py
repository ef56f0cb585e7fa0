"""What a training shows to those who watch it: units that learn nothing, gradients that vanish or explode, plateaus.

It is looked for now and then, and not at every step. The step where it begins is found afterwards, by computing earlier
steps again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isfinite
from typing import Literal, NamedTuple

from tinyml.core import Array, Backend, overflow_allowed
from tinyml.flow import LayerFlow, flow_ratio, gradient_flow, stuck
from tinyml.layers.buffers import samples_first
from tinyml.layers.plan import Plan
from tinyml.losses import Loss
from tinyml.narrate import Message
from tinyml.narrate.message import Value
from tinyml.trace import Trace, trace
from tinyml.training.run import TrainingRun

Kind = Literal["dead", "saturated", "vanishing", "exploding", "plateau", "learned"]
# On how many of the training rows units are looked at.
MOST_ROWS = 512
# How many times smaller or larger the gradient of the first layer is than that of the last when it has vanished or
# exploded.
FAR = 1_000
# How many epochs in a row are a plateau.
FLAT_EPOCHS = 20
# A loss that is this share of the one of constant outputs is 0 up to rounding errors.
ROUNDING = 2.0**-52


class Notice(NamedTuple):
    """Something that holds at the step where it is noticed. `units` of the layer `layer` are concerned, of so many as
    it `has`; `size` is how many times smaller or larger the gradient is, or the loss of a plateau. A plateau at a loss
    of 0, up to rounding errors, is `learned`: no other training could make it lower.
    """

    kind: Kind
    layer: str | None = None
    units: tuple[int, ...] = ()
    has: int = 0
    size: float = 0.0

    @property
    def about(self) -> tuple[Kind, str | None]:
        """What stays the same while it holds."""
        return self.kind, self.layer

    @property
    def refs(self) -> tuple[str, ...]:
        """The numbers of the first sample that it is about."""
        return tuple(f"{self.layer}.output[0,{unit}]" for unit in self.units)

    def message(self, step: int) -> Message:
        """It as a sentence; `step` is where it begins, counted from 1."""
        values: dict[str, Value] = {"size": self.size, "step": step}
        if self.layer is not None:
            values = {"layer": self.layer, "count": len(self.units), "has": self.has, "step": step}
        return Message(f"training.{self.kind}", values=values)


class Observer:
    """Looks at a training. It reads the network as it is, and changes nothing."""

    def __init__(self, run: TrainingRun) -> None:
        self._run = run
        rows = run.batches.training[:MOST_ROWS]
        self._x = run.x[rows]
        self._negligible = ROUNDING * _constant(run.loss, None if run.y is None else run.y[rows])

    def recorded(self, step: int | None = None) -> Trace:
        """The step that the network takes next, by its mini-batch; `step` is that of a network within `at`."""
        run = self._run
        return trace(run.model, run.loss, run.optimizer, *run.batch(run.step if step is None else step))

    def look(self, flows: tuple[LayerFlow, ...] | None = None) -> list[Notice]:
        """What holds now. `flows` is the gradient flow of the next step, if it is known."""
        found = [*self._stuck(), *_far(gradient_flow(self.recorded()) if flows is None else flows)]
        flat = self._run.flat
        if flat.epochs >= FLAT_EPOCHS:
            found.append(Notice("learned" if 0 <= flat.loss <= self._negligible else "plateau", size=flat.loss))
        return found

    def beginning(self, notice: Notice) -> int:
        """The step from which on something holds that holds now: found between two moments of which it holds only at
        the second, by halving. What comes and goes begins more than once, and one of these is found.
        """
        if notice.kind in ("plateau", "learned"):
            return self._run.flat.since
        run, before, after = self._run, 0, self._run.step
        if self._holds(notice, 0):
            return 0
        kept = [*run.checkpoints.steps, after]
        first, last = 0, len(kept) - 1
        while last - first > 1:
            middle = (first + last) // 2
            first, last = (first, middle) if self._holds(notice, kept[middle]) else (middle, last)
        before, after = kept[first], kept[last]
        while after - before > 1:
            half = (before + after) // 2
            before, after = (before, half) if self._holds(notice, half) else (half, after)
        return after

    def _holds(self, notice: Notice, step: int) -> bool:
        looks: dict[Kind, Callable[[], Iterator[Notice]]] = {
            "vanishing": lambda: _far(gradient_flow(self.recorded(step))),
            "exploding": lambda: _far(gradient_flow(self.recorded(step))),
        }
        with self._run.at(step):
            found = looks.get(notice.kind, self._stuck)()
            units = {one.about: set(one.units) for one in found}.get(notice.about)
        return units is not None and units >= set(notice.units)

    def _stuck(self) -> Iterator[Notice]:
        """Units of activations that learn from none of the training rows."""
        plan = self._looking()
        for layer, buffers in zip(plan.layers, plan.buffers, strict=True):
            input, output = samples_first(buffers.input), samples_first(buffers.output)
            dead, saturated = stuck(layer, input, output)
            if dead:
                yield Notice("dead", layer.name, dead, output.shape[1])
            if saturated:
                yield Notice("saturated", layer.name, saturated, output.shape[1])

    def _looking(self) -> Plan:  # type: ignore[type-arg]
        """The plan of a pass in evaluation mode."""
        model = self._run.model
        model.predict(self._x)
        return model.planned("predict", self._x, Plan)


def _constant(loss: Loss, y: Array | None) -> float:
    """The loss of outputs that are all 0, or all 1: how large losses are that nothing has learned. Negative for a loss
    without targets, since it has no lowest value, or another than 0.
    """
    if y is None:
        return -1.0
    with overflow_allowed():
        sizes = [float(loss(Backend.full(y.shape, level), y)[0]) for level in (0.0, 1.0)]
    return max((size for size in sizes if isfinite(size)), default=0.0)


def _far(flows: tuple[LayerFlow, ...]) -> Iterator[Notice]:
    with overflow_allowed():
        ratio = flow_ratio(flows)
    if ratio is None or ratio != ratio:
        return
    if ratio * FAR < 1:
        yield Notice("vanishing", size=float("inf") if ratio == 0 else 1 / ratio)
    elif ratio > FAR:
        yield Notice("exploding", size=ratio)


__all__ = ["FAR", "FLAT_EPOCHS", "ROUNDING", "Kind", "Notice", "Observer"]
