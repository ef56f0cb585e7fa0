"""W1: one traced step, with every value out as lists, as a page or a notebook needs them."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.competitor import Competitor, Floor, Numbers, Reach, Runner, Workload
from benchmarks.sides import engine, pytorch, pytorch_trace
from benchmarks.task import Task, dense
from tinyml.optims import SGDOptimizer
from tinyml.trace import trace, trace_as_lists


def workloads() -> list[Workload]:
    """The chapter's two networks."""
    return [_workload(sizes) for sizes in ((2, 2), (2, 2, 2))]


def _workload(sizes: tuple[int, ...]) -> Workload:
    task = dense(sizes, "", last=False, loss="half_squared", batch=1, lr=0.5)
    return Workload(
        "W1",
        f"one traced step of {'-'.join(map(str, sizes))}, every value out as lists",
        (Competitor(engine.NAME, lambda: _engine(task)), *pytorch_trace.tracing(task)),
        (Reach(pytorch.NAME, 20),),
        (_lists_alone(task),),
        steps=1,
    )


def _engine(task: Task) -> Runner:
    model, optimizer, loss = engine.build(task), SGDOptimizer(task.lr), engine.LOSSES[task.loss]
    x, y = task.x, task.y

    def run() -> object:
        return trace_as_lists(model, loss, optimizer, x, y)

    def numbers() -> Numbers:
        step = trace(model, loss, optimizer, x, y)
        found: Numbers = {"x.grad": step.layers[0].input_gradient, "loss": np.asarray(step.loss.value)}
        for layer in step.layers:
            name = layer.layer.name
            found |= {f"{name}.output": layer.output, f"{name}.output.grad": layer.output_gradient}
            for letter, kept in layer.parameters.items():
                found |= {f"{name}.{letter}": kept.value, f"{name}.{letter}.grad": kept.gradient}
                found[f"{name}.{letter}.next"] = kept.next
        _all_in_lists(found, run())
        return found

    return Runner(run, numbers)


def _all_in_lists(numbers: Numbers, lists: object) -> None:
    """Check that no number is missing from the lists, however they are arranged."""
    listed = set(_flat(lists))
    missing = [name for name, value in numbers.items() if not listed >= set(np.ravel(value).tolist())]
    if missing:
        raise AssertionError(f"W1: the lists of the traced step lack {missing}")


def _flat(value: Any) -> list[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [number for part in value for number in _flat(part)]
    return [value] if isinstance(value, float) else []


def _lists_alone(task: Task) -> Floor:
    """Converting arrays of these sizes to lists, after all have been computed."""
    model = engine.build(task)
    step = trace(model, engine.LOSSES[task.loss], SGDOptimizer(task.lr), task.x, task.y)
    arrays = [step.x, step.targets, step.layers[0].input_gradient]
    for layer in step.layers:
        arrays += [layer.output, layer.output_gradient]
        for kept in layer.parameters.values():
            arrays += [kept.value, kept.gradient, kept.next]
    return Floor("the lists alone", lambda: [array.tolist() for array in arrays])
