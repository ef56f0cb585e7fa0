"""A training: steps on mini-batches until an end, every one of which can be seen again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from time import perf_counter, thread_time
from typing import NamedTuple

from tinyml.core import Array, Backend
from tinyml.data import Batches
from tinyml.learner.advance import first_not_finite
from tinyml.learner.moments import Moment, all_finite
from tinyml.learner.stepper import Stepper
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import Optimizer
from tinyml.optims.schedules import Place
from tinyml.trace import trace
from tinyml.training.checkpoints import MOST_BYTES, Checkpoints
from tinyml.training.curve import Curve
from tinyml.training.until import Flat, Judge, Progress, Reason, Until

# About how long the steps take that are run at a time, and those between two moments that are kept. Going back takes
# as long as the second at most, as long as no moments are forgotten.
SLICE = 0.004
BETWEEN = 0.02
MOST_AT_A_TIME = 8_192
NEVER = Until()
# How many rows of several epochs are taken together.
TOGETHER = 4_096
# How many losses a training keeps.
MOST_LOSSES = 2**18


class Position(NamedTuple):
    """A mini-batch: its epoch, and its place within that, both from 0."""

    epoch: int
    step: int


class Diverged(NamedTuple):
    """The training step that was not taken, because of a number that is not finite: the ref of the first such number in
    the order of computation, and the loss of that step.
    """

    step: int
    where: str
    loss: float


class TrainingRun:
    """Trains a model with the training rows of `x`, samples first, and `y` (None for a loss without targets), by the
    mini-batches of `batches`, from a position on.

    `step` counts the steps taken, and a step is that of `trace` with the same mini-batch, to the last bit. `ended` is
    why the training has ended, and `diverged` where a number was not finite: the loss of a step, or anything that its
    update changes. That step is not taken. `losses` has the loss of each step before its update, and `objectives` the
    same with the penalty; None if the optimizer has none.

    Some moments are kept, `memory` bytes of them at most; `at` computes those between them again.
    Raises ShapeError and TargetError if data, model and loss do not fit.
    """

    def __init__(
        self,
        model: Sequential,
        loss: Loss,
        optimizer: Optimizer,
        x: Array,
        y: Array | None,
        batches: Batches,
        *,
        until: Until = NEVER,
        position: tuple[int, int] = (0, 0),
        progress: Progress | None = None,
        memory: int = MOST_BYTES,
        most_losses: int = MOST_LOSSES,
    ) -> None:
        self.model, self.loss, self.optimizer, self.batches = model, loss, optimizer, batches
        self.x = x
        # Ω before each of the steps that are being taken, if there is a penalty.
        self._penalties: list[float] = []
        noted = [] if optimizer.penalty is None else [(self._note_penalty,)]
        self._stepper = Stepper(model, loss, optimizer, x, y, noted)
        self._first = Position(*position)
        self._judge = Judge(until, batches, self._first.step, progress)
        self.step = 0
        self.ended: Reason | None = None
        self.diverged: Diverged | None = None
        self.losses = Curve(most_losses)
        self.objectives = None if optimizer.penalty is None else Curve(most_losses)
        self.checkpoints = Checkpoints(memory)
        self.checkpoints.add(0, Moment.of(model))
        optimizer.go_to(*self.place(0))
        self._pace, self._rate, self._worked = 1, 0.0, 0.0
        if self._judge.left <= 0:  # it goes on from its end
            self.ended = "steps" if until.steps == self.progress.steps else "epochs"

    @property
    def finished(self) -> bool:
        """Whether the training has ended, or cannot go on."""
        return self.ended is not None or self.diverged is not None

    @property
    def progress(self) -> Progress:
        """What another training needs to go on from here, besides the numbers of the network."""
        return self._judge.progress

    @property
    def flat(self) -> Flat:
        """Since when the loss of the epochs has hardly fallen."""
        return self._judge.flat

    def position(self, step: int) -> Position:
        """The mini-batch of a step."""
        return Position(*divmod(self._first.epoch * self.batches.steps + self._first.step + step, self.batches.steps))

    def place(self, step: int) -> Place:
        """How many epochs and training steps are before a step, for the schedule of the optimizer."""
        epoch, within = self.position(step)
        return epoch, epoch * self.batches.steps + within

    def batch(self, step: int) -> tuple[Array, Array | None]:
        """The rows of x, and of y in the shape of an output, that a step is computed with."""
        rows = self.batches.rows(*self.position(step))
        return self.x[rows], None if self.y is None else self.y[rows]

    @property
    def y(self) -> Array | None:
        """The targets in the shape of the outputs."""
        return self._stepper.y

    def advance(self, steps: int | None = None, seconds: float | None = None) -> int:
        """Train up to so many steps, or for about this long; at most until the end. Returns the number of steps taken.
        Raises ValueError if it would never return.
        """
        if steps is None and seconds is None and self._judge.until == NEVER:
            raise ValueError("TrainingRun: without steps, seconds and an end this would never return; give one.")
        begun, since = self.step, perf_counter()
        last = inf if steps is None else begun + steps
        time = inf if seconds is None else seconds
        while not self.finished and self.step < last:
            fits = max(1.0, (time - perf_counter() + since) * self._rate) if self._rate else 1
            self._slice(int(min(self._pace, fits, last - self.step, self._judge.left)))
            if perf_counter() - since >= time:
                break
        return self.step - begun

    @contextmanager
    def at(self, step: int) -> Iterator[Position]:
        """Within this context the network is as it was after `step` training steps: parameters, optimizer state and
        running state, to the last bit. Yields the position of the step that follows. Raises ValueError for a step that
        was not taken, and ReplayError if the numbers are not those of the first time.
        """
        if not 0 <= step <= self.step:
            raise ValueError(f"TrainingRun: {self.step} steps were taken; step {step} is none of them.")
        now = Moment.of(self.model)
        try:
            self._recompute(step)
            self.optimizer.go_to(*self.place(step))
            yield self.position(step)
        finally:
            now.restore(self.model)
            self.optimizer.go_to(*self.place(self.step))

    def _note_penalty(self) -> None:
        """Note Ω of the parameters as they are; run before each update."""
        if self.optimizer.penalty is not None:
            self._penalties.append(self.optimizer.penalty.value(self.model.parameters))

    def _recompute(self, step: int) -> None:
        at, moment = self.checkpoints.before(step)
        moment.restore(self.model)
        for known in self.checkpoints.known(at, step):
            self._take(at, Backend.empty(known - at))
            self.checkpoints.check(known, Moment.of(self.model))
            at = known
        self._take(at, Backend.empty(step - at))

    def _slice(self, count: int) -> None:
        """Take some steps. If the training ends within them, those before its end are taken again."""
        since, before, losses = thread_time(), Moment.of(self.model), Backend.empty(count)
        self._penalties.clear()
        self._take(self.step, losses)
        if not all_finite(losses, self.model):
            before.restore(self.model)
            self._penalties.clear()
            losses = self._until_not_finite(losses)
        taken, self.ended = self._judge.look(losses)
        if taken < len(losses):  # it ends within these steps
            self.diverged = None
            before.restore(self.model)
            self._take(self.step, losses := losses[:taken])
        self.losses.extend(losses)
        if self.objectives is not None:
            self.objectives.extend(losses + Backend.asarray(self._penalties[: len(losses)], dtype=float))
        self.step += len(losses)
        self.optimizer.go_to(*self.place(self.step))
        self._worked += (took := thread_time() - since)
        self._rate = count / max(took, 1e-9)
        if took < SLICE / 2 and count == self._pace:
            self._pace = min(2 * self._pace, MOST_AT_A_TIME)
        elif took > 2 * SLICE:
            self._pace = max(1, self._pace // 2)
        if self._worked >= BETWEEN or self.finished:
            self.checkpoints.add(self.step, Moment.of(self.model))
            self._worked = 0.0

    def _until_not_finite(self, losses: Array) -> Array:
        """Take the steps again, one at a time, up to the one that makes a number that is not finite. Returns the losses
        of those before.
        """
        for count in range(len(losses)):
            before, loss = Moment.of(self.model), Backend.empty(1)
            self._take(self.step + count, loss)
            if not all_finite(loss, self.model):
                before.restore(self.model)
                x, y = self.batch(self.step + count)
                self.optimizer.go_to(*self.place(self.step + count))
                where = first_not_finite(trace(self.model, self.loss, self.optimizer, x, y))
                self.diverged = Diverged(self.step + count, where or "loss", float(loss[0]))
                return losses[:count]
        return losses

    def _places(self, step: int, count: int) -> list[Place]:
        """The places of the steps from one on; none without a schedule, which needs none."""
        return [] if self.optimizer.schedule is None else [self.place(step + i) for i in range(count)]

    def _take(self, step: int, losses: Array) -> None:
        """Take the steps from one on, as many as there are places for their losses."""
        batches, stepper, done = self.batches, self._stepper, 0
        if batches.steps == 1:
            stepper.repeat(batches.training, losses, self._places(step, len(losses)))
            return
        epoch, place = self.position(step)
        # Epochs whose mini-batches all have one size are taken together.
        together = 1 if batches.count % batches.batch else max(1, TOGETHER // batches.count)
        while done < len(losses):
            spans: list[Array] = []
            count = 0
            while len(spans) < together and done + count < len(losses):
                some = min(batches.steps - place, len(losses) - done - count)
                spans.append(batches.span(epoch, place, place + some))
                count, epoch, place = count + some, epoch + 1, 0
            places = self._places(step + done, count)
            stepper.take(Backend.concatenate(spans), batches.batch, losses[done : done + count], places)
            done += count


__all__ = ["Diverged", "Position", "TrainingRun"]
