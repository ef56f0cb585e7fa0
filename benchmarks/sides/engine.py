"""The engine: tinyml through its public interface."""

from __future__ import annotations

import numpy as np

from benchmarks.competitor import Array, Competitor, Numbers, Runner
from benchmarks.task import LayerStart, Task
from tinyml.layers import Conv2D, Flatten, Layer, Linear, MaxPool2D, ReLu, Tanh
from tinyml.learner import Learner
from tinyml.losses import Loss, half_squared_error, mse_loss, softmax_cross_entropy
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer

NAME = "tinyml"
LOSSES: dict[str, Loss] = {
    "half_squared": half_squared_error,
    "mean_squared": mse_loss,
    "cross_entropy": softmax_cross_entropy,
}


def build(task: Task) -> Sequential:
    """The network at the common start."""
    layers: list[Layer] = []
    shape = task.x.shape[1:]
    for i, start in enumerate(task.layers):
        layers.append(_layer(f"{start.kind}_{i}", start, shape))
        shape = layers[-1].output_shape(shape)
    return Sequential(layers)


def _layer(name: str, start: LayerStart, shape: tuple[int, ...]) -> Layer:
    match start.kind:
        case "linear":
            weight, bias = start.parameters
            return Linear(name, *weight.shape[::-1], weight=weight, bias=bias)
        case "conv":
            weight, bias = start.parameters
            channels, height, width = shape
            layer = Conv2D(name, (channels, height, width), len(weight), 3, 3, stride=1, padding=1)
            layer.weight.tensor, layer.bias.tensor = weight, bias
            return layer
        case "pool":
            channels, height, width = shape
            return MaxPool2D(name, (channels, height, width), (2, 2), 2)
        case kind:
            return {"tanh": Tanh, "relu": ReLu, "flatten": Flatten}[kind](name)


def training(task: Task, steps: int = 1) -> Competitor:
    """`Learner.batch_fit`, several steps per call."""
    return Competitor(NAME, lambda: trainer(task, steps))


def trainer(task: Task, steps: int = 1) -> Runner:
    """A learner at the common start."""
    model = build(task)
    learner = Learner(model, LOSSES[task.loss], SGDOptimizer(task.lr))
    x, y = task.x, task.y

    def run() -> float:
        return learner.batch_fit(x, y, steps)

    def numbers() -> Numbers:
        found = parameters(model)
        # One more step, for the loss that a step returns: that of the parameters above.
        return {"loss": np.asarray(learner.batch_fit(x, y)), **found}

    return Runner(run, numbers)


def parameters(model: Sequential) -> Numbers:
    """Every parameter and its gradient, by the layers' names."""
    found: dict[str, Array] = {}
    for layer in model.layers:
        for name, parameter in layer.parameters().items():
            assert parameter.gradient is not None
            found |= {f"{layer.name}.{name}": parameter.tensor, f"{layer.name}.{name}.grad": parameter.gradient}
    return {name: np.array(value) for name, value in found.items()}
