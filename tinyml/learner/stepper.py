"""Training steps on many mini-batches, as fast as the engine goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tinyml.core import Array, Backend, overflow_allowed
from tinyml.core.program import Operation
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.net.training_plan import TrainingPlan
from tinyml.optims import Optimizer
from tinyml.optims.schedules import Place

# How many numbers of mini-batches are gathered at a time: they stay in the cache.
GATHERED = 2**17


class Stepper:
    """Takes training steps with the rows of `x`, samples first, and `y` (None for a loss without targets).

    The rows of many mini-batches are copied at a time into blocks that are laid out as the arrays of the plan, so that
    a step copies a contiguous piece. The numbers are those of `Learner.batch_fit` with the same rows, to the last bit.
    The program `between` runs before each update. Raises ShapeError and TargetError if data, model and loss do not fit.
    """

    def __init__(
        self,
        model: Sequential,
        loss: Loss,
        optimizer: Optimizer,
        x: Array,
        y: Array | None,
        between: Sequence[Operation] = (),
    ) -> None:
        self.model, self.loss, self.optimizer, self.x = model, loss, optimizer, x
        shapes = model.layer_shapes(x.shape[1:])
        self.y = loss.fitting((len(x), *shapes.outputs[model.topology.last]), y)
        self._between = between
        self._plans: dict[int, TrainingPlan] = {}

    def serves(self, model: Sequential, loss: object, optimizer: Optimizer, x: Array) -> bool:
        """Whether it takes the steps of these."""
        return self.model is model and self.loss is loss and self.optimizer is optimizer and self.x is x

    def take(self, rows: Array, size: int, losses: Array, places: Sequence[Place] = ()) -> None:
        """Take a step with each mini-batch of so many rows, in this order; the last may have fewer. The loss of each
        before its update is written to `losses`. `places` are those of the steps, for an optimizer with a schedule.
        """
        whole = len(rows) // size
        if whole:
            plan = self.plan(size)
            each = plan.first.input.size + plan.truth.size
            some = max(1, GATHERED // max(each, 1))
            for start in range(0, whole, some):
                end = min(whole, start + some)
                self._run(plan, rows[start * size : end * size], losses[start:end], places[start:end])
        if len(rows) % size:
            rest = rows[whole * size :]
            self._run(self.plan(len(rest)), rest, losses[whole : whole + 1], places[whole:])

    def repeat(self, rows: Array, losses: Array, places: Sequence[Place] = ()) -> None:
        """Take as many steps as there are places for losses, all with the same rows."""
        plan = self.plan(len(rows))
        plan.take(self.x[rows], None if self.y is None else self.y[rows])
        with overflow_allowed():
            plan.run(None, None, self.optimizer, losses, self._between, places)

    def plan(self, size: int) -> TrainingPlan:
        """The plan of mini-batches of so many rows."""
        plan = self._plans.get(size)
        if plan is None or not plan.vector.current or plan.layers != self.model.layers:
            plan = self._plans[size] = self.model.training_plan("steps", self.loss, self.x[:size])
        return plan

    def _run(self, plan: TrainingPlan, rows: Array, losses: Array, places: Sequence[Place]) -> None:
        count = len(losses)
        inputs = _gathered(self.x, rows, count, plan.dtype)
        targets = None if self.y is None else _gathered(self.y, rows, count, plan.dtype)
        with overflow_allowed():
            plan.run(inputs, targets, self.optimizer, losses, self._between, places)


def _gathered(data: Array, rows: Array, count: int, dtype: Any) -> Array:
    """The rows of so many mini-batches: (count, …, samples), contiguous."""
    size, sample = len(rows) // count, data.shape[1:]
    block: Array = Backend.empty((count, *sample, size), dtype=dtype)
    taken = data[rows].reshape(count, size, *sample)
    block[...] = Backend.moveaxis(taken, 1, -1)
    return block
