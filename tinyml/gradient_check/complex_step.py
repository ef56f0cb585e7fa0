"""The complex-step derivative ∂ℓ/∂v = Im ℓ(v + ih) / h, the third witness."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tinyml.core import Array, overflow_allowed
from tinyml.gradient_check.passes import Forward, forward
from tinyml.gradient_check.penalized import check_plan
from tinyml.gradient_check.places import Places
from tinyml.gradient_check.plan import CheckPlan
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import Penalty

# Nothing is subtracted, so no digits are lost however small the step; its square is below all digits.
STEP = 1e-20
# The type of a penalty that does not support it.
PENALTY = "penalty"


class ComplexStep:
    """The complex steps of one network on a batch: a complex copy of it takes them, by the layers' own forward
    programs. Correct only if `why_no_complex_step` returns None.

    Source: Squire and Trapp (1998), Using complex variables to estimate derivatives of real functions.
    """

    def __init__(
        self, model: Sequential, loss: Loss, x: Array, y: Array | None, penalty: Penalty | None = None
    ) -> None:
        self._model, self._loss, self._x, self._y, self._penalty = model, loss, x, y, penalty

    @cached_property
    def _plan(self) -> CheckPlan:
        copy = deepcopy(self._model).astype(complex)
        plan = check_plan(copy, self._loss, self._x.astype(complex), self._penalty)
        plan.take_for_looking(self._x, self._y)
        return plan

    def derivatives(self, places: Places, by: Forward = forward) -> Array:
        """Im ℓ(v + ih) / h for each number, in rows: exact to rounding, the truncation error being of order h². `by`
        makes the passes.
        """
        losses = self._plan.losses(places, [1j * STEP], by)[0]
        with overflow_allowed():
            stepped: Array = losses.imag / STEP
        return stepped


@dataclass(frozen=True, slots=True)
class NoComplexStep:
    """Why there is none: the layer, or the loss or the penalty (`name` None), that does not support it, with the
    reason: it is not an analytic function, as when it compares numbers, or it overrides forward and backward, for real
    numbers only.
    """

    type: str
    name: str | None
    reason: Literal["not_analytic", "own_passes"]

    def __str__(self) -> str:
        who = f"{self.type} '{self.name}'"
        if self.name is None:
            who = "the penalty" if self.type == PENALTY else f"the loss {self.type}"
        if self.reason == "own_passes":
            return f"No complex step: {who} overrides its passes, which support real numbers only."
        return (
            f"No complex step: {who} compares its numbers, or applies a function that is defined for real numbers only."
        )


def why_no_complex_step(model: Sequential, loss: Loss, penalty: Penalty | None = None) -> NoComplexStep | None:
    """The layer, loss or penalty that does not support complex steps; None if all do."""
    for layer in model.layers:
        if layer.overrides_passes:
            return NoComplexStep(layer.type, layer.name, "own_passes")
        if not layer.analytic:
            return NoComplexStep(layer.type, layer.name, "not_analytic")
    if not loss.analytic:
        return NoComplexStep(loss.type, None, "not_analytic")
    return NoComplexStep(PENALTY, None, "not_analytic") if penalty and penalty.l1 else None
