"""One training step as nested lists."""

from __future__ import annotations

from typing import Any

from tinyml.core import Array
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import Optimizer


def trace_as_lists(model: Sequential, loss: Loss, optimizer: Optimizer, x: Array, y: Array) -> dict[str, Any]:
    """The loss of a trace and its `tensors` as nested lists, by the names of `tinyml.tensors`, ready for JSON, but for
    what optimizers remember and layers keep; several times as fast on a tiny network, since it copies no array.
    """
    plan = model.training_plan("trace", loss, x)
    value = plan.look(optimizer, x, y)
    views = plan.views
    tensors = {"x": views.passed[0].tolist(), "x.grad": views.returned[0].tolist(), "y": views.truth.tolist()}
    for place, layer in enumerate(plan.layers):
        name = layer.name
        tensors[f"{name}.output"] = views.passed[place + 1].tolist()
        tensors[f"{name}.output.grad"] = views.returned[place + 1].tolist()
        for parameter, now, gradient, following in views.parameters[place]:
            of = f"{name}.{parameter}"
            tensors[of] = now.tolist()
            tensors[f"{of}.grad"] = gradient.tolist()
            tensors[f"{of}.next"] = following.tolist()
    return {"loss": value, "tensors": tensors}
