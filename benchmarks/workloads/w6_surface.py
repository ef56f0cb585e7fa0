"""W6: the decision surface of the W2 network, 100 × 100 points, as drawn by a page."""

from __future__ import annotations

import numpy as np

from benchmarks.competitor import Array, Competitor, Numbers, Reach, Runner, Workload
from benchmarks.floors import Product, products, tanhs
from benchmarks.sides import engine, pytorch
from benchmarks.task import Task
from benchmarks.workloads.w2_tiny import start

SIDE = 100


def workloads() -> list[Workload]:
    """The grid exists already; the result is an array of 10,000 numbers."""
    task = start()
    axis = np.linspace(-1, 1, SIDE)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    others = [Competitor(pytorch.NAME, lambda: _pytorch(task, grid))] if pytorch.INSTALLED else []
    return [
        Workload(
            "W6",
            f"decision surface {SIDE}×{SIDE} of the W2 network",
            (Competitor(engine.NAME, lambda: _engine(task, grid)), *others),
            (Reach(pytorch.NAME, 0.35, faster=False),),
            (
                products([Product(o, i + 1, len(grid)) for i, o in ((2, 4), (4, 2), (2, 1))]),
                tanhs(len(grid) * (4 + 2 + 1)),
            ),
            steps=1,
        )
    ]


def _engine(task: Task, grid: Array) -> Runner:
    model = engine.build(task)

    def run() -> Array:
        return model.predict(grid)

    def numbers() -> Numbers:
        return {"surface": np.array(run())}

    return Runner(run, numbers)


def _pytorch(task: Task, grid: Array) -> Runner:
    import torch

    model, points = pytorch.build(task), pytorch.tensor(grid)

    def run() -> object:
        with torch.no_grad():
            return model(points)

    def numbers() -> Numbers:
        with torch.no_grad():
            return {"surface": model(points).numpy().copy()}

    return Runner(run, numbers)
