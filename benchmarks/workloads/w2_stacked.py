"""W2 of 64 independent networks at once, against objects that loop over their links in JavaScript."""

from __future__ import annotations

import numpy as np

from benchmarks import playground
from benchmarks.competitor import Competitor, Numbers, Reach, Runner, Workload
from benchmarks.sides import engine
from benchmarks.task import Task
from benchmarks.workloads.w2_tiny import start

NETWORKS = 64

# ---- The one place to change once tinyml.net has stacked networks: a maker as `_one_after_another` below is one. ----
STACKED = Competitor(engine.NAME, None, missing="tinyml.net has no stacked networks yet")


def workloads() -> list[Workload]:
    """All networks start differently and see the same batch."""
    first = start()
    tasks = [Task(start(seed).layers, first.loss, first.lr, first.x, first.y) for seed in range(NETWORKS)]
    return [
        Workload(
            "W2",
            f"{NETWORKS} independent networks of that kind, a step of each: per network",
            (
                STACKED,
                Competitor("tinyml, one network after another", lambda: _one_after_another(tasks)),
                playground.training(tasks),
            ),
            (Reach(playground.NAME, 4),),
            per=NETWORKS,
        )
    ]


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
