"""A learner's training in the words of the service's trainings."""

import io
import re
import sys
from pathlib import Path
from typing import Any, get_args, get_type_hints

import numpy as np
import pytest

from app.schemas.trainings import TrainingAnswer
from tinyml.data import Batches, draw
from tinyml.layers import Linear, ReLu, Tanh
from tinyml.learner import Learner
from tinyml.losses import binary_cross_entropy, half_squared_error, mse_loss
from tinyml.net import Sequential
from tinyml.optims import AdamOptimizer, Penalty, SGDOptimizer
from tinyml.training import Report, Until, train

ROOT = Path(__file__).resolve().parents[3]
X, Y = draw("circle", 60, 0.1, 3)
BATCHES = Batches(60, 10, held_out=0.2, seed=3)


def learner() -> Learner:
    rng = np.random.default_rng(0)
    model = Sequential([Linear("fc_1", 2, 4, rng=rng), Tanh("tanh_1"), Linear("fc_2", 4, 1, rng=rng)])
    return Learner(model, binary_cross_entropy, AdamOptimizer(0.03), seed=3)


def test_its_words_are_those_of_a_training_of_the_service() -> None:
    assert set(Report._fields) <= set(TrainingAnswer.model_fields)
    states = get_args(TrainingAnswer.model_fields["state"].annotation)
    assert set(get_args(get_type_hints(Report)["state"])) < set(states)


def test_it_takes_the_steps_of_fit_and_reports_them() -> None:
    reports: list[Report] = []
    whole = Batches(60, 10, seed=3)
    ours, fitted = learner(), learner()
    last = train(ours, X, Y, whole, Until(epochs=5), callbacks=[reports.append], seconds=1e-4, progress=False)
    history = fitted.fit(X, Y, 5, 10, progress=False)
    for mine, other in zip(ours.model.parameters, fitted.model.parameters, strict=True):
        np.testing.assert_array_equal(mine.tensor, other.tensor)
    assert last.epoch_loss == pytest.approx(history[-1].loss, rel=1e-14)
    assert (last.state, last.ended, last.step, last.epoch) == ("done", "epochs", 30, 5)
    assert reports[-1] == last
    assert [report.step for report in reports] == sorted(report.step for report in reports)
    assert {report.state for report in reports[:-1]} <= {"running"}
    assert last.held_out_loss is None


def test_rows_that_are_held_out_are_measured() -> None:
    ours = learner()
    last = train(ours, X, Y, BATCHES, Until(loss=0.3, epochs=400), progress=False)
    held_out = BATCHES.held_out
    assert last.held_out_loss == binary_cross_entropy(ours.predict(X[held_out]), Y[held_out])[0]
    assert last.held_out_accuracy == ((ours.predict(X[held_out]) > 0) == (Y[held_out] == 1)).mean()
    assert last.ended == "loss"
    assert str(last).startswith(
        f"done (loss) · step {last.step:,} · epoch {last.epoch} · loss {last.loss:.6g} · held-out"
    )


def test_a_penalty_is_part_of_the_objective_and_not_of_the_loss() -> None:
    ours = learner()
    ours.optimizer.penalty = Penalty(l2=0.1)
    last = train(ours, X, Y, BATCHES, Until(steps=3), progress=False)
    assert last.loss is not None
    assert last.objective is not None
    assert last.objective > last.loss


def test_where_a_number_is_not_finite_it_has_diverged_and_that_step_is_not_taken() -> None:
    model = Sequential([Linear("fc_1", 2, 1, rng=np.random.default_rng(0))])
    last = train(Learner(model, half_squared_error, SGDOptimizer(1e200)), X, Y, BATCHES, Until(steps=9), progress=False)
    assert last.state == "diverged"
    assert last.where is not None
    assert str(last).endswith(f"{last.where.ref} is not finite in step {last.where.step + 1}")
    assert all(np.isfinite(one.tensor).all() for one in model.parameters)


class Terminal(io.StringIO):
    """A stream that is a terminal, or not."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_terminal_shows_every_report_in_one_line_and_notices_above(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool
) -> None:
    stream = Terminal(is_terminal=is_terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    dead = Linear("fc_1", 2, 2, weight=np.ones((2, 2)), bias=np.full(2, -100.0))
    model = Sequential([dead, ReLu("relu_1"), Linear("fc_2", 2, 1, rng=np.random.default_rng(0))])
    last = train(Learner(model, mse_loss, SGDOptimizer(0.1)), X, Y, BATCHES, Until(epochs=40), seconds=1e-3)
    assert last.notices[0].notice.kind == "dead"
    lines = stream.getvalue().split("\n")
    assert lines[-1] == ""
    assert lines[-2].split("\x1b[K")[-1] == str(last)
    assert lines[0].removeprefix("\r\x1b[K").startswith("From training step 1 on 2 of 2 units of relu_1 are dead")
    assert ("\r" in stream.getvalue()) == is_terminal


@pytest.mark.parametrize(
    ("loss", "until", "message"),
    [
        (lambda predicted, truth: mse_loss(predicted, truth), Until(steps=1), "the loss is a plain function"),
        (mse_loss, Until(), "it would never end"),
    ],
)
def test_what_cannot_be_trained_is_refused(loss: Any, until: Until, message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        train(Learner(learner().model, loss, SGDOptimizer(0.1)), X, Y, BATCHES, until)


def test_the_program_in_the_documentation_runs(capsys: pytest.CaptureFixture[str]) -> None:
    section = (ROOT / "docs" / "engine.md").read_text("utf-8").split("step by step in the terminal\n")[1]
    program = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert program is not None
    exec(program[1], {})
    said = capsys.readouterr().out.splitlines()[-1]
    # Its steps are those of the comment; the losses may differ in the last digits on another processor.
    assert said.split(" · loss")[0] == program[1].rpartition("# ")[2].split(" · loss")[0]
