"""The parameters of a layer in a recorded training step, and what the step minimizes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tinyml.core import Array, Parameter
from tinyml.layers import Layer
from tinyml.net.training_plan import TrainingPlan
from tinyml.optims import Clipped, Objective, Optimizer
from tinyml.optims.base import State


class ParameterTrace(NamedTuple):
    """A parameter in the notation's orientation (w: inputs × outputs): its value, ∂ℓ/∂value, the value after the
    update, and the optimizer's state before and after the update, by name. `objective_gradient` is ∂J/∂value if there
    is a penalty, else None.
    """

    value: Array
    gradient: Array
    next: Array
    state: State
    next_state: State
    objective_gradient: Array | None = None


class Minimized(NamedTuple):
    """What updates begin with: the objective, if there is a penalty, with the gradients of it by all parameters, and
    what a clip does to those that learn.
    """

    objective: Objective | None
    gradients: Mapping[Parameter, Array]
    clipped: Clipped | None


def minimized(plan: TrainingPlan, optimizer: Optimizer, loss: float) -> Minimized:
    """Return what the updates of the last step of a plan begin with."""
    clip, penalty, gradients = optimizer.clip, optimizer.penalty, dict[Parameter, Array]()
    clipped = None if clip is None else clip.measured(optimizer.of_objective(plan.learning).values())
    if penalty is None:
        return Minimized(None, gradients, clipped)
    parts = plan.parts(plan.gradients)
    parameters = [one for layer in plan.layers for one in layer.parameters().values()]
    gradients = optimizer.of_objective({one: one.within(parts[one.block]) for one in parameters})
    return Minimized(Objective(loss + (value := penalty.value(parameters)), value), gradients, clipped)


def parameter_traces(
    plan: TrainingPlan, layer: Layer, views: list[tuple[Any, ...]], gradients: Mapping[Parameter, Array]
) -> dict[str, ParameterTrace]:
    """Return the record of the parameters of a layer, as copies. `gradients` are those of the objective, if any."""
    rows = zip(views, plan.states(layer), layer.parameters().values(), strict=True)
    return {
        name: ParameterTrace(
            value.copy(),
            gradient.copy(),
            following.copy(),
            *states,
            layer.in_notation(name, gradients[parameter]).copy() if gradients else None,
        )
        for (name, value, gradient, following), states, parameter in rows
    }
