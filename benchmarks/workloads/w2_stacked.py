"""W2 of 64 independent networks at once, against objects that loop over their links in JavaScript."""

from __future__ import annotations

import numpy as np

from benchmarks import playground
from benchmarks.competitor import Competitor, Numbers, Reach, Runner, Workload
from benchmarks.sides import engine
from benchmarks.task import Task
from benchmarks.workloads.w2_tiny import start
from tinyml.net import Ensemble
from tinyml.optims import SGDOptimizer

NETWORKS = 64


def workloads() -> list[Workload]:
    """All networks start differently and see the same batch."""
    first = start()
    tasks = [Task(start(seed).layers, first.loss, first.lr, first.x, first.y) for seed in range(NETWORKS)]
    return [
        Workload(
            "W2",
            f"{NETWORKS} independent networks of that kind, a step of each: per network",
            (
                Competitor(engine.NAME, lambda: _side_by_side(tasks)),
                Competitor("tinyml, one network after another", lambda: _one_after_another(tasks)),
                playground.training(tasks),
            ),
            (Reach(playground.NAME, 4),),
            per=NETWORKS,
        )
    ]


def _side_by_side(tasks: list[Task]) -> Runner:
    first = tasks[0]
    stack = Ensemble([engine.build(task) for task in tasks], engine.LOSSES[first.loss], SGDOptimizer(first.lr))
    x, y = first.x, first.y

    def run() -> object:
        return stack.batch_fit(x, y)

    def numbers() -> Numbers:
        found = {name: tensor.copy() for name, tensor in stack.tensors().items()}
        found |= {f"{name}.grad": gradient.copy() for name, gradient in stack.gradients().items()}
        return {"loss": stack.batch_fit(x, y), **found}

    return Runner(run, numbers)


def _one_after_another(tasks: list[Task]) -> Runner:
    runners = [engine.trainer(task) for task in tasks]

    def run() -> None:
        for runner in runners:
            runner.run()

    def numbers() -> Numbers:
        return stacked([runner.numbers() for runner in runners])

    return Runner(run, numbers)


def stacked(numbers: list[Numbers]) -> Numbers:
    """The networks' numbers along a new first axis."""
    return {name: np.stack([each[name] for each in numbers]) for name in numbers[0]}
