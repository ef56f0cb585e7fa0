"""W5: the gradient check of every parameter, and of the inputs, which the engine checks too."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.competitor import Competitor, Numbers, Reach, Runner, Workload
from benchmarks.floors import tanhs
from benchmarks.sides import engine, pytorch
from benchmarks.task import Task, dense
from tinyml.gradient_check import gradient_check

BATCH = 4
# 8 tanh per sample after the first layer, for each of its 24 parameters and 2 inputs per sample, and 8 after the second
# for these and its 72 parameters; to the left and to the right.
TANHS = BATCH * 8 * 2 * (2 * (24 + 2 * BATCH) + 72)


def workloads() -> list[Workload]:
    """PyTorch's check with its default settings, on the same batch."""
    task = dense((2, 8, 8, 2), "tanh", last=False, loss="mean_squared", batch=BATCH, lr=0.0)
    others = [Competitor("torch.autograd.gradcheck", lambda: _pytorch(task))] if pytorch.INSTALLED else []
    return [
        Workload(
            "W5",
            f"gradient check of every parameter and input, 2-8-8-2 tanh, batch {BATCH}",
            (Competitor(engine.NAME, lambda: _engine(task)), *others),
            (Reach("torch.autograd.gradcheck", 100),),
            (tanhs(TANHS),),
            steps=1,
        )
    ]


def _engine(task: Task) -> Runner:
    model, loss = engine.build(task), engine.LOSSES[task.loss]
    x, y = task.x, task.y

    def run() -> object:
        return gradient_check(model, loss, x, y).failed

    def numbers() -> Numbers:
        rows = list(gradient_check(model, loss, x, y))
        wrong = [row.ref for row in rows if row.verdict != "agrees" or abs(row.numeric - row.analytic) > 1e-7]
        if wrong:
            raise AssertionError(f"W5: the numeric derivatives differ at {wrong}")
        found: dict[str, list[float]] = {}
        for row in rows:
            found.setdefault(row.ref.partition("[")[0], []).append(row.analytic)
        return {name: np.array(values) for name, values in found.items()}

    return Runner(run, numbers)


def _pytorch(task: Task) -> Runner:
    import torch
    from torch.nn import functional

    # One function of everything that is checked, which is how gradcheck wants it.
    checked = [pytorch.tensor(task.x).requires_grad_()]
    for layer in task.layers:
        if layer.weight is not None:
            checked += [pytorch.tensor(array).requires_grad_() for array in layer.parameters]
    y = pytorch.tensor(task.y)

    def loss(x: Any, *parameters: Any) -> Any:
        value = x
        for i in range(0, len(parameters), 2):
            value = functional.linear(value if i == 0 else value.tanh(), parameters[i], parameters[i + 1])
        return functional.mse_loss(value, y)

    def run() -> object:
        return torch.autograd.gradcheck(loss, checked)

    def numbers() -> Numbers:
        gradients = [gradient.numpy() for gradient in torch.autograd.grad(loss(*checked), checked)]
        found = {"x": gradients[0].ravel()}
        for i, name in enumerate(task.names):
            weight, bias = gradients[1 + 2 * i : 3 + 2 * i]
            found |= {f"{name}.w": weight.T.ravel(), f"{name}.b": bias}  # refs count inputs first
        return found

    return Runner(run, numbers)
