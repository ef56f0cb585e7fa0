"""A traced step in PyTorch, with every value out as lists: once as its tutorials train, once with bare tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.competitor import Competitor, Numbers, Runner
from benchmarks.sides import pytorch
from benchmarks.task import Task

BARE = "PyTorch, bare tensors"
# All values of one step by name; those in no list are only for comparison.
Step = dict[str, Any]


def tracing(task: Task) -> list[Competitor]:
    """Both ways; none if torch is missing."""
    if not pytorch.INSTALLED:
        return []
    return [
        Competitor(pytorch.NAME, lambda: _runner(_modules(task))),
        Competitor(BARE, lambda: _runner(_bare(task))),
    ]


def _runner(step: Callable[[], Step]) -> Runner:
    def run() -> object:
        return [value.tolist() for value in step().values()]

    def numbers() -> Numbers:
        return {name: value.detach().numpy().copy() for name, value in step().items() if name not in ("x", "y")}

    return Runner(run, numbers)


def _modules(task: Task) -> Callable[[], Step]:
    """nn.Linear, and torch.optim.SGD on copies of the parameters, so that the step does not change the network."""
    import torch
    from torch.nn import functional

    model = pytorch.build(task)
    parameters = list(model.parameters())
    copies = [p.detach().clone() for p in parameters]
    optimizer = torch.optim.SGD(copies, lr=task.lr)
    x, y = pytorch.tensor(task.x).requires_grad_(), pytorch.tensor(task.y)

    def step() -> Step:
        x.grad = None
        model.zero_grad()
        value, outputs = x, []
        for layer in model:
            value = layer(value)
            value.retain_grad()
            outputs.append(value)
        loss = functional.mse_loss(value, y, reduction="sum") / 2
        loss.backward()
        with torch.no_grad():
            for copy, p in zip(copies, parameters, strict=True):
                copy.copy_(p)
                copy.grad = p.grad
        optimizer.step()
        found = {"x": x, "y": y, "x.grad": x.grad, "loss": loss}
        for i, (name, output) in enumerate(zip(task.names, outputs, strict=True)):
            found |= {f"{name}.output": output, f"{name}.output.grad": output.grad}
            # As in the notation, inputs × outputs.
            w, b, after = parameters[2 * i], parameters[2 * i + 1], copies[2 * i : 2 * i + 2]
            found |= {f"{name}.w": w.T, f"{name}.w.grad": w.grad.T, f"{name}.w.next": after[0].T}
            found |= {f"{name}.b": b, f"{name}.b.grad": b.grad, f"{name}.b.next": after[1]}
        return found

    return step


def _bare(task: Task) -> Callable[[], Step]:
    """The fewest operations that show every value, without modules and without an optimizer."""
    import torch

    starts = [layer.parameters for layer in task.layers]
    pairs = [(pytorch.tensor(w.T).requires_grad_(), pytorch.tensor(b).requires_grad_()) for w, b in starts]
    x, y, lr = pytorch.tensor(task.x).requires_grad_(), pytorch.tensor(task.y), task.lr

    def step() -> Step:
        x.grad = None
        value, outputs = x, []
        for w, b in pairs:
            w.grad = b.grad = None
            value = torch.addmm(b, value, w)
            value.retain_grad()
            outputs.append(value)
        error = value - y
        loss = 0.5 * (error * error).sum()
        loss.backward()
        found = {"x": x, "y": y, "x.grad": x.grad, "loss": loss}
        with torch.no_grad():
            for name, (w, b), output in zip(task.names, pairs, outputs, strict=True):
                found |= {f"{name}.output": output, f"{name}.output.grad": output.grad}
                found |= {f"{name}.w": w, f"{name}.w.grad": w.grad, f"{name}.w.next": w - lr * w.grad}
                found |= {f"{name}.b": b, f"{name}.b.grad": b.grad, f"{name}.b.next": b - lr * b.grad}
        return found

    return step
