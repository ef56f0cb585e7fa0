"""PyTorch in eager mode, as its tutorials train. Imported only where torch is installed."""

from __future__ import annotations

import importlib.util
from typing import Any

import numpy as np

from benchmarks.competitor import Competitor, Numbers, Runner
from benchmarks.task import Task

NAME = "PyTorch"
VERSION = "2.13.0"
INSTALLED = importlib.util.find_spec("torch") is not None


def tensor(array: Any) -> Any:
    """A copy as a tensor of the same type."""
    import torch

    torch.set_num_threads(1)
    return torch.from_numpy(np.array(array))


def build(task: Task) -> Any:
    """The network at the common start."""
    from torch import nn

    layers = []
    for start in task.layers:
        match start.kind:
            case "linear":
                layer = nn.Linear(*start.parameters[0].shape[::-1])
            case "conv":
                filters, channels = start.parameters[0].shape[:2]
                layer = nn.Conv2d(channels, filters, 3, padding=1)
            case "pool":
                layer = nn.MaxPool2d(2)
            case kind:
                layer = {"tanh": nn.Tanh, "relu": nn.ReLU, "flatten": nn.Flatten}[kind]()
        if start.weight is not None:
            weight, bias = start.parameters
            layer.weight.data, layer.bias.data = tensor(weight), tensor(bias)
        layers.append(layer)
    return nn.Sequential(*layers)


def loss_function(task: Task) -> Any:
    """The task's loss."""
    from torch.nn import functional

    return {"mean_squared": functional.mse_loss, "cross_entropy": functional.cross_entropy}[task.loss]


def training(task: Task, name: str = NAME) -> list[Competitor]:
    """Steps of forward, backward and `torch.optim.SGD`; none if torch is missing."""
    return [Competitor(name, lambda: _trainer(task))] if INSTALLED else []


def _trainer(task: Task) -> Runner:
    from torch.optim import SGD

    model, loss_of = build(task), loss_function(task)
    optimizer = SGD(model.parameters(), lr=task.lr)
    x, y = tensor(task.x), tensor(task.y)

    def run() -> float:
        optimizer.zero_grad()
        loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
        number: float = loss.item()
        return number

    def numbers() -> Numbers:
        layers = [layer for start, layer in zip(task.layers, model, strict=True) if start.weight is not None]
        found = {}
        for name, layer in zip(task.names, layers, strict=True):
            for letter, parameter in (("w", layer.weight), ("b", layer.bias)):
                found[f"{name}.{letter}"] = parameter.detach().numpy().copy()
                found[f"{name}.{letter}.grad"] = parameter.grad.numpy().copy()
        return {"loss": np.asarray(run()), **found}

    return Runner(run, numbers)
