"""The derivative without a difference: ∂ℓ/∂v = Im ℓ(v + ih) / h, the third witness."""

from __future__ import annotations

from copy import deepcopy

from tinyml.core import Array
from tinyml.gradient_check.plan import CheckPlan, Places
from tinyml.losses import Loss
from tinyml.net import Sequential

# Nothing is subtracted, so nothing is lost to rounding however small the step; its square is beyond all digits.
STEP = 1e-20


def complex_steps(model: Sequential, loss: Loss, x: Array, y: Array, places: Places) -> Array:
    """Im ℓ(v + ih) / h for each number, in rows: exact to rounding, the truncation error being of order h².

    A copy of the network in complex numbers takes the steps, by the layers' own forward programs. Only right where
    `why_no_complex_step` finds nothing.

    Source: Squire and Trapp (1998), Using complex variables to estimate derivatives of real functions.
    """
    copy = Sequential(deepcopy(model.layers)).astype(complex)
    plan = copy.planned("check", x.astype(complex), CheckPlan, loss)
    plan.take_for_looking(x, y)
    stepped: Array = plan.losses(places, [1j * STEP])[0].imag / STEP
    return stepped


def why_no_complex_step(model: Sequential, loss: Loss) -> str | None:
    """Which layer or loss a complex step cannot go through; None where it can be taken."""
    for layer in model.layers:
        if layer.overrides_passes:
            return f"No complex step: {layer.type} '{layer.name}' has passes of its own, made for real numbers."
        if not layer.analytic:
            return _not_analytic(f"{layer.type} '{layer.name}'")
    return None if loss.analytic else _not_analytic(f"the loss {loss.type}")


def _not_analytic(who: str) -> str:
    return f"No complex step: {who} compares its numbers, or takes a function of them that is there for real ones only."
