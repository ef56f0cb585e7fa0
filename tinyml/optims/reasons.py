"""Formulas that several optimizers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml import equations as eq
from tinyml.expression import Expression, Number, difference, product, total

if TYPE_CHECKING:
    from tinyml.explain.update_scope import UpdateScope


def decayed(scope: UpdateScope, weight_decay: float) -> Expression:
    """g = ∂ℓ/∂w + λw, the gradient with weight decay where there is any."""
    if not weight_decay:
        return scope.gradient
    return total([scope.gradient, product(Number(weight_decay, "λ"), scope.value)])


def decayed_matrix(scope: eq.UpdateTensors, weight_decay: float) -> eq.Node:
    """The same of the whole parameter."""
    if not weight_decay:
        return scope.gradient
    return eq.add(scope.gradient, eq.times(eq.Scalar("λ", weight_decay), scope.value))


def running(scope: UpdateScope, name: str, share: Number, newest: Expression) -> Expression:
    """A running mean after the update: share · before + (1 − share) · newest, without the first where nothing was."""
    before, added = scope.before(name), product(difference(Number(1.0), share), newest)
    return added if before is None else total([product(share, before), added])
