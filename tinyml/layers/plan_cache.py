"""Running a row of layers on whole arrays, samples first, as everyone but the layers themselves has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tinyml.core import Array, Backend, ShapeError, run
from tinyml.layers.buffers import samples_first, samples_last
from tinyml.layers.definition import LayerDefinition
from tinyml.layers.plan import Plan


class PlanCache:
    """The plans of one row of layers, for the batch sizes that were asked for lately.

    A copy, deep or pickled, starts without any: a plan names the arrays of the layers that it was made for.
    """

    # Training and its shorter last batch, validation, a surface; more would keep memory for nothing.
    KEPT = 4

    def __init__(self) -> None:
        self._plans: dict[Any, Plan[Any]] = {}

    def __deepcopy__(self, memo: object) -> PlanCache:
        return PlanCache()

    def __reduce__(self) -> tuple[type[PlanCache], tuple[()]]:
        return PlanCache, ()

    def find(self, key: Any, layers: Sequence[LayerDefinition]) -> Plan[Any] | None:
        """The plan made under this key, if it still fits: same layers, and their parameters where they were."""
        plan = self._plans.get(key)
        if plan is not None and plan.vector.current and plan.layers == layers:
            return plan
        return None

    def keep(self, key: Any, plan: Plan[Any]) -> Plan[Any]:
        """Remember a plan, and forget the oldest where there are too many."""
        self._plans.pop(key, None)
        self._plans[key] = plan
        if len(self._plans) > self.KEPT:
            del self._plans[next(iter(self._plans))]
        return plan


def plan_dtype(layers: Sequence[LayerDefinition], input: Array) -> Any:
    """What a network computes in: its parameters' dtype; the input's where that is complex or there are none."""
    blocks = [block for layer in layers for block in layer.blocks()]
    kind = input.dtype if Backend.issubdtype(input.dtype, Backend.inexact) else Backend.dtype(float)
    if not blocks:
        return kind
    own = blocks[0].vector.values.dtype
    return Backend.result_type(own, kind) if kind.kind == "c" else own


def forward(plan: Plan[Any], input: Array) -> Array:
    """Run all layers and remember at each that this was its last pass; returns a copy of the output."""
    plan.feed(input)
    plan.forward()
    for i in range(len(plan.layers)):
        plan.passed(i)
    return plan.output()


def backward(layer: LayerDefinition, plan: Plan[Any], i: int, in_gradient: Array) -> Array:
    """The backward pass of the i-th layer of a plan, of which only copies leave."""
    buffers, programs = plan.buffers[i], plan.backward_programs
    expected = (plan.batch, *plan.shapes[i + 1])
    if in_gradient.shape != expected:
        raise ShapeError(
            f"{layer.type} '{layer.name}': the gradient of its output must have the output's shape {expected}, but "
            f"{in_gradient.shape} came."
        )
    buffers.output_gradient[...] = samples_last(in_gradient)
    run(plan.slopes_program)
    run(programs[i])
    for parameter in layer.parameters().values():
        parameter.gradient = parameter.within(buffers.gradients[parameter.block]).copy()
    return samples_first(buffers.input_gradient).copy()
