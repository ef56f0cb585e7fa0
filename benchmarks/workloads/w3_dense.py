"""W3: a network for digits, in which the matrix products dominate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.competitor import Reach, Workload
from benchmarks.floors import Product, linear, products
from benchmarks.sides import by_hand, engine, pytorch
from benchmarks.task import Task, dense

SIZES = (784, 128, 64, 10)


def workloads() -> list[Workload]:
    """In float64, and in float32 for information."""
    task = dense(SIZES, "relu", last=False, loss="cross_entropy", batch=64, lr=0.01)
    title = f"{'-'.join(map(str, SIZES))} ReLU, softmax cross entropy, batch 64: one SGD step"
    return [
        Workload(
            "W3",
            title,
            (engine.training(task), *pytorch.training(task), by_hand.training(task)),
            (Reach(pytorch.NAME, 0.75, faster=False),),
            (products(_sizes()),),
        ),
        Workload(
            "W3",
            f"{title}, float32",
            (engine.training(_rows(single(task))), *pytorch.training(single(task))),
            floors=(products(_sizes(), "float32"),),
            tolerance=1e-4,
        ),
    ]


def _sizes() -> list[Product]:
    return [size for i in range(3) for size in linear(64, *SIZES[i : i + 2], first=i == 0)]


def single(task: Task) -> Task:
    """The task in float32."""
    layers = tuple(
        layer
        if layer.weight is None or layer.bias is None
        else replace(layer, weight=layer.weight.astype("float32"), bias=layer.bias.astype("float32"))
        for layer in task.layers
    )
    return replace(task, layers=layers, x=task.x.astype("float32"))


def _rows(task: Task) -> Task:
    """The classes as rows of float32: otherwise they become rows of float64, and so do all later arrays."""
    return replace(task, y=np.eye(SIZES[-1], dtype="float32")[task.y])
