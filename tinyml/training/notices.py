"""What a training shows to those who watch it: units that learn nothing, gradients that vanish or explode, plateaus.

It is looked for now and then, and not at every step. The step where it begins is found afterwards, by computing earlier
steps again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from tinyml.core import overflow_allowed
from tinyml.flow import LayerFlow, flow_ratio, gradient_flow, stuck
from tinyml.layers.buffers import samples_first
from tinyml.layers.plan import Plan
from tinyml.narrate import Message
from tinyml.narrate.message import Value
from tinyml.trace import trace
from tinyml.training.run import TrainingRun

Kind = Literal["dead", "saturated", "vanishing", "exploding", "plateau"]
# On how many of the training rows units are looked at.
MOST_ROWS = 512
# How many times smaller or larger the gradient of the first layer is than that of the last when it has vanished or
# exploded.
FAR = 1_000
# How many epochs in a row are a plateau.
FLAT_EPOCHS = 20


class Notice(NamedTuple):
    """Something that holds at the step where it is noticed. `units` of the layer `layer` are concerned, of so many as
    it `has`; `size` is how many times smaller or larger the gradient is, or the loss of a plateau.
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

    def flows(self) -> tuple[LayerFlow, ...]:
        """The gradient flow of the next step, by its mini-batch."""
        run = self._run
        return gradient_flow(trace(run.model, run.loss, run.optimizer, *run.batch(run.step)))

    def look(self, flows: tuple[LayerFlow, ...] | None = None) -> list[Notice]:
        """What holds now. `flows` is the result of `flows`, if it is known."""
        flat = self._run.flat
        plateau = [Notice("plateau", size=flat.loss)] if flat.epochs >= FLAT_EPOCHS else []
        return [*self._stuck(), *_far(self.flows() if flows is None else flows), *plateau]

    def beginning(self, notice: Notice) -> int:
        """The step from which on something holds that holds now: found between two moments of which it holds only at
        the second, by halving. What comes and goes begins more than once, and one of these is found.
        """
        if notice.kind == "plateau":
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
            "vanishing": lambda: _far(self._flows_at(step)),
            "exploding": lambda: _far(self._flows_at(step)),
        }
        with self._run.at(step):
            found = looks.get(notice.kind, self._stuck)()
            units = {one.about: set(one.units) for one in found}.get(notice.about)
        return units is not None and units >= set(notice.units)

    def _flows_at(self, step: int) -> tuple[LayerFlow, ...]:
        run = self._run
        return gradient_flow(trace(run.model, run.loss, run.optimizer, *run.batch(step)))

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


def _far(flows: tuple[LayerFlow, ...]) -> Iterator[Notice]:
    with overflow_allowed():
        ratio = flow_ratio(flows)
    if ratio is None or ratio != ratio:
        return
    if ratio * FAR < 1:
        yield Notice("vanishing", size=float("inf") if ratio == 0 else 1 / ratio)
    elif ratio > FAR:
        yield Notice("exploding", size=ratio)


__all__ = ["FAR", "FLAT_EPOCHS", "Kind", "Notice", "Observer"]
