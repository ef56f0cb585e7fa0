"""Training by mini-batches: what the loops around the steps of a tiny network cost."""

from __future__ import annotations

import numpy as np

from benchmarks import playground
from benchmarks.competitor import Competitor, Numbers, Reach, Runner, Workload
from benchmarks.sides import engine
from benchmarks.task import Task, dense
from benchmarks.workloads.w2_tiny import STEPS, start
from tinyml.data import Batches
from tinyml.learner import Learner
from tinyml.optims import SGDOptimizer
from tinyml.training import TrainingRun

KEY = "train"
# The rows and the mini-batches of an epoch.
ROWS, BATCH = 1_000, 10
BY_HAND, AT_ONCE = "batch_fit with the same mini-batches", "at once"


def workloads() -> list[Workload]:
    """An epoch in three ways; single steps; steps on one batch against objects in JavaScript."""
    data = dense((2, 4, 2, 1), "tanh", last=True, loss="mean_squared", batch=ROWS, lr=0.01)
    epoch = f"2-4-2-1 tanh, SGD, an epoch of {ROWS:,} rows in shuffled mini-batches of {BATCH}: a step"
    larger = dense((2, 4, 2, 1), "tanh", last=True, loss="mean_squared", batch=25, lr=0.01)
    by_hand = Competitor(BY_HAND, lambda: _by_hand(data))
    return [
        Workload(
            KEY,
            f"Learner.fit, {epoch}",
            (Competitor(engine.NAME, lambda: _fit(data)), by_hand),
            (Reach(BY_HAND, 1.3, faster=False),),
            per=ROWS // BATCH,
        ),
        Workload(
            KEY,
            f"TrainingRun, with every loss and moments to go back to, {epoch}",
            (Competitor(engine.NAME, lambda: _run(data, Batches(ROWS, BATCH), ROWS // BATCH)), by_hand),
            per=ROWS // BATCH,
        ),
        Workload(
            KEY,
            f"2-4-2-1 tanh, batch 10, SGD: batch_fit {STEPS} times with one step, against {STEPS} steps at once",
            (
                Competitor(engine.NAME, lambda: _one_by_one(start())),
                Competitor(AT_ONCE, engine.training(start(), STEPS).make),
            ),
            (Reach(AT_ONCE, 1.15, faster=False),),
            per=STEPS,
        ),
        Workload(
            KEY,
            f"TrainingRun, 2-4-2-1 tanh, batch 25, SGD: a step of {STEPS}",
            (
                Competitor(engine.NAME, lambda: _run(larger, Batches(25), STEPS)),
                _playground(larger),
            ),
            (Reach(playground.NAME, 1.5),),
            per=STEPS,
        ),
    ]


def _fit(task: Task) -> Runner:
    model = engine.build(task)
    learner = Learner(model, engine.LOSSES[task.loss], SGDOptimizer(task.lr))

    def run() -> object:
        return learner.fit(task.x, task.y, 1, BATCH, progress=False)

    return Runner(run, lambda: _parameters(learner))


def _by_hand(task: Task) -> Runner:
    learner = Learner(engine.build(task), engine.LOSSES[task.loss], SGDOptimizer(task.lr))
    batches, epoch = Batches(ROWS, BATCH), -1

    def run() -> None:
        nonlocal epoch
        epoch += 1
        rows = batches.span(epoch, 0, batches.steps)
        for first in range(0, ROWS, BATCH):
            some = rows[first : first + BATCH]
            learner.batch_fit(task.x[some], task.y[some])

    return Runner(run, lambda: _parameters(learner))


def _run(task: Task, batches: Batches, steps: int) -> Runner:
    model = engine.build(task)
    training = TrainingRun(model, engine.LOSSES[task.loss], SGDOptimizer(task.lr), task.x, task.y, batches)

    def run() -> None:
        training.advance(steps)

    def numbers() -> Numbers:
        return engine.parameters(model)

    if batches.steps > 1:
        return Runner(run, numbers)

    def with_loss() -> Numbers:
        found = numbers()
        training.advance(1)
        return {"loss": np.asarray(training.losses.kept[-1]), **found}

    return Runner(run, with_loss)


def _one_by_one(task: Task) -> Runner:
    runner = engine.trainer(task)

    def run() -> None:
        for _ in range(STEPS):
            runner.run()

    return Runner(run, runner.numbers)


def _playground(task: Task) -> Competitor:
    """The one network of a stack of one, several steps at a time."""
    stack = playground.training([task])
    if stack.make is None:
        return stack
    make = stack.make

    def one() -> Runner:
        runner = make()
        seconds = runner.timed
        assert seconds is not None
        return Runner(
            lambda: seconds(STEPS),
            lambda: {name: value[0] for name, value in runner.numbers().items()},
            lambda times: seconds(times * STEPS),
            runner.close,
        )

    return Competitor(playground.NAME, one)


def _parameters(learner: Learner) -> Numbers:
    return engine.parameters(learner.model)
