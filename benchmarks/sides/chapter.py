"""The plain numpy implementation in the chapter's style."""

from __future__ import annotations

import numpy as np

from benchmarks.competitor import Competitor, Numbers, Runner
from benchmarks.plain.layers import Flatten, Layer, Linear, ReLu, Tanh
from benchmarks.plain.training import Network, cross_entropy_with_softmax, mean_squared_error
from benchmarks.plain.windows import Conv2D, FoldedMaxPool2D, MaxPool2D
from benchmarks.task import LayerStart, Task

NAME = "plain numpy"


def training(task: Task, name: str = NAME, *, folded: bool = False) -> Competitor:
    """Steps of forward, loss, backward and update; with `folded`, pooling is done in numpy's usual shorter way."""
    return Competitor(name, lambda: _trainer(task, folded))


def _trainer(task: Task, folded: bool) -> Runner:
    network = Network([_layer(start, folded) for start in task.layers], task.lr)
    # The same, not timed, with its gradients kept for comparison.
    twin = Network([_layer(start, folded) for start in task.layers], task.lr, keeps_gradients=True)
    loss_of = {"mean_squared": mean_squared_error, "cross_entropy": cross_entropy_with_softmax}[task.loss]
    x, y = task.x, task.y
    steps = 0

    def step(network: Network) -> float:
        loss, gradient = loss_of(network.forward(x), y)
        network.backward(gradient)
        network.update()
        return loss

    def run() -> float:
        nonlocal steps
        steps += 1
        return step(network)

    def numbers() -> Numbers:
        for _ in range(steps):
            step(twin)
        trained = [layer.parameters for layer in twin.layers if layer.parameters]
        found = {}
        for name, pair in zip(task.names, trained, strict=True):
            for letter, parameter in zip("wb", pair, strict=True):
                found[f"{name}.{letter}"] = parameter.tensor.copy()
                found[f"{name}.{letter}.grad"] = parameter.gradient.copy()
        return {"loss": np.asarray(run()), **found}

    return Runner(run, numbers)


def _layer(start: LayerStart, folded: bool) -> Layer:
    match start.kind:
        case "linear":
            return Linear(*start.parameters)
        case "conv":
            return Conv2D(*start.parameters, padding=1)
        case "pool":
            return FoldedMaxPool2D(2) if folded else MaxPool2D(2)
        case kind:
            return {"tanh": Tanh, "relu": ReLu, "flatten": Flatten}[kind]()
