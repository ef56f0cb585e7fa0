"""A learner's training until an end, reported in the words of the service's trainings."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, TextIO

from tinyml.core import Array
from tinyml.data import Batches
from tinyml.learner import Learner
from tinyml.losses import Loss
from tinyml.narrate import worded
from tinyml.training.measures import Measured
from tinyml.training.notices import Notice, Observer
from tinyml.training.run import TrainingRun
from tinyml.training.until import Reason, Until


class Noticed(NamedTuple):
    """A notice, the step after which it begins, and its sentence."""

    notice: Notice
    begins: int
    message: str


class Where(NamedTuple):
    """The training step with the first number that is not finite, and the ref of that number."""

    step: int
    ref: str


class Report(NamedTuple):
    """How far a training is, by the names of the fields of `GET …/trainings/{training}` (docs/api.md).

    `loss` and `objective` are of the last step, `epoch_loss` is of the last epoch; `training_loss`, `held_out_loss` and
    the accuracies are of all rows, as the network is now. What there is not is None.
    """

    state: Literal["running", "done", "diverged"]
    step: int
    epoch: int
    loss: float | None
    objective: float | None
    epoch_loss: float | None
    training_loss: float
    accuracy: float | None
    held_out_loss: float | None
    held_out_accuracy: float | None
    notices: tuple[Noticed, ...]
    ended: Reason | None
    where: Where | None

    def __str__(self) -> str:
        said = [
            f"{self.state} ({self.ended})" if self.ended else self.state,
            f"step {self.step:,}",
            f"epoch {self.epoch:,}",
        ]
        for name in ("loss", "held_out_loss", "accuracy"):
            value = getattr(self, name)
            if value is not None:
                said.append(f"{name.replace('_out', '-out').replace('_', ' ')} {value:.6g}")
        if self.where is not None:
            said.append(f"{self.where.ref} is not finite in step {self.where.step + 1:,}")
        return " · ".join(said)


def train(
    learner: Learner,
    x: Array,
    y: Array | None,
    batches: Batches,
    until: Until,
    *,
    callbacks: Sequence[Callable[[Report], object]] = (),
    seconds: float = 0.5,
    progress: bool = True,
) -> Report:
    """Train until an end, and return the last report. The rows that `batches` holds out are never trained on.

    `callbacks`  called with a `Report` about every so many `seconds`, and at the end; what they raise ends it.
    `progress`   shows each report in a line of the terminal, and what it notices in lines above.
    Where a number is not finite the training has `diverged`: that step is not taken. Raises TypeError for a loss that
    is a plain function, ValueError for no end at all, and ShapeError or TargetError if data, model and loss do not fit.
    """
    if not isinstance(learner.loss, Loss):
        raise TypeError("train: the loss is a plain function; take a Loss of tinyml.losses, or Learner.fit.")
    if until == Until():
        raise ValueError("train: it would never end; give until a loss, epochs, steps or a plateau.")
    run = TrainingRun(learner.model, learner.loss, learner.optimizer, x, y, batches, until=until)
    reporter = _Reporter(run, sys.stderr if progress else None)
    while True:
        run.advance(seconds=seconds)
        report = reporter.report()
        for callback in callbacks:
            callback(report)
        if run.finished:
            return report


class _Reporter:
    """Makes the reports of a training, and shows them on a stream."""

    def __init__(self, run: TrainingRun, stream: TextIO | None) -> None:
        self._run, self._stream = run, stream
        self._observer = Observer(run)
        self._training = self._of(run.batches.training)
        self._held_out = self._of(run.batches.held_out) if run.batches.kept_apart else None
        self._notices: dict[object, Noticed] = {}

    def _of(self, rows: Array) -> Measured:
        run = self._run
        return Measured(run.x[rows], None if run.y is None else run.y[rows], run.loss)

    def report(self) -> Report:
        """How far the training is."""
        run, diverged = self._run, self._run.diverged
        new = self._notice()
        measured = self._training.measure(run.model)
        held_out = None if self._held_out is None else self._held_out.measure(run.model)
        last, objectives = run.losses.kept, None if run.objectives is None else run.objectives.kept
        made = Report(
            "diverged" if diverged else "done" if run.finished else "running",
            run.step,
            run.progress.epochs,
            float(last[-1]) if len(last) else None,
            float(objectives[-1]) if objectives is not None and len(objectives) else None,
            run.progress.loss,
            measured.loss,
            measured.accuracy,
            None if held_out is None else held_out.loss,
            None if held_out is None else held_out.accuracy,
            tuple(self._notices.values()),
            run.ended,
            None if diverged is None else Where(diverged.step, diverged.where),
        )
        if self._stream is not None:
            self._show(made, new)
        return made

    def _notice(self) -> list[Noticed]:
        """Look at the training; return what holds now and did not at the report before."""
        known, self._notices, new = self._notices, {}, []
        for notice in self._observer.look():
            about = (*notice.about, notice.units)
            if about not in known:
                begins = self._observer.beginning(notice)
                known[about] = Noticed(notice, begins, worded(notice.message(begins + 1)))
                new.append(known[about])
            self._notices[about] = known[about]
        return new

    def _show(self, report: Report, new: Sequence[Noticed]) -> None:
        stream = self._stream
        if stream is None:
            return
        # On a terminal each line replaces the one before; elsewhere, as in a file, only the last one is written.
        replacing, over = stream.isatty(), report.state != "running"
        erase = "\r\x1b[K" if replacing else ""
        for noticed in new:
            stream.write(f"{erase}{noticed.message}\n")
        if replacing or over:
            stream.write(f"{erase}{report}" + ("\n" if over else ""))
        stream.flush()


__all__ = ["Noticed", "Report", "Where", "train"]
