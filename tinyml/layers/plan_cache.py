"""The cache of compiled plans, and passes of a plan on whole arrays, samples first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tinyml.core import Array, Backend, ShapeError, run
from tinyml.layers.buffers import samples_first, samples_last
from tinyml.layers.definition import LayerDefinition
from tinyml.layers.plan import Plan
from tinyml.layers.topology import Topology


class PlanCache:
    """The plans of one network for the most recently used batch sizes.

    A copy, deep or pickled, starts empty, since a plan refers to the arrays of its layers.
    """

    # Training and its shorter last batch, validation, a surface; more would waste memory.
    KEPT = 4

    def __init__(self) -> None:
        self._plans: dict[Any, Plan[Any]] = {}

    def __deepcopy__(self, memo: object) -> PlanCache:
        return PlanCache()

    def __reduce__(self) -> tuple[type[PlanCache], tuple[()]]:
        return PlanCache, ()

    def find(self, key: Any, layers: Sequence[LayerDefinition], topology: Topology) -> Plan[Any] | None:
        """Return the plan of this key if it is still valid: the same layers and connections, with parameters that have
        not moved.
        """
        plan = self._plans.get(key)
        if plan is None or not plan.vector.current or plan.layers != layers:
            return None
        # All chains of a length share one topology: to compare its fields takes a tenth of a microsecond.
        return plan if plan.topology is topology or plan.topology == topology else None

    def keep(self, key: Any, plan: Plan[Any]) -> Plan[Any]:
        """Store a plan, and remove the oldest if there are too many."""
        self._plans.pop(key, None)
        self._plans[key] = plan
        if len(self._plans) > self.KEPT:
            del self._plans[next(iter(self._plans))]
        return plan


def plan_dtype(layers: Sequence[LayerDefinition], input: Array) -> Any:
    """Return the dtype of a network: that of its parameters, or of the input if it is complex or there are none."""
    blocks = [block for layer in layers for block in layer.blocks()]
    kind = input.dtype if Backend.issubdtype(input.dtype, Backend.inexact) else Backend.dtype(float)
    if not blocks:
        return kind
    own = blocks[0].vector.values.dtype
    return Backend.result_type(own, kind) if kind.kind == "c" else own


def forward(plan: Plan[Any], input: Array) -> Array:
    """Run all layers, record this pass in each of them and return a copy of the output."""
    plan.feed(input)
    plan.forward()
    for i in range(len(plan.layers)):
        plan.passed(i)
    return plan.output()


def backward(layer: LayerDefinition, plan: Plan[Any], i: int, in_gradient: Array) -> Array:
    """Run the backward pass of the i-th layer of a plan, and return copies only."""
    buffers, programs = plan.buffers[i], plan.backward_programs
    expected = (plan.batch, *plan.edges.output_shapes[i])
    if in_gradient.shape != expected:
        raise ShapeError(
            f"{layer.type} '{layer.name}': the gradient of its output must have the output's shape {expected}, "
            f"got {in_gradient.shape}."
        )
    buffers.output_gradient[...] = samples_last(in_gradient)
    run(plan.slopes_program)
    run(programs[i])
    for parameter in layer.parameters().values():
        parameter.gradient = parameter.within(buffers.gradients[parameter.block]).copy()
    return samples_first(buffers.input_gradient).copy()
