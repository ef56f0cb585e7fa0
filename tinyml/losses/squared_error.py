"""The squared errors: summed and halved as in the chapter, or averaged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinyml import equations as eq
from tinyml.core import Backend, Program
from tinyml.expression import Expression, Number, power, product, quotient
from tinyml.layers.reasons import Explained, Index
from tinyml.losses.base import Loss
from tinyml.losses.site import LossSite

if TYPE_CHECKING:
    from tinyml.explain.loss_scope import LossScope


def _sum_of_squares(scope: LossScope) -> Expression:
    errors = scope.flat_errors()
    return scope.over_entries(lambda at: power(scope.error(*at), Number(2.0)), lambda i: errors[i:] @ errors[i:])


def _squares(scope: eq.LossTensors) -> eq.Node:
    error = eq.subtract(scope.predicted, scope.truth)
    return eq.total(eq.power(error, eq.Scalar("2", 2.0)), scope.labels)


class HalfSquaredError(Loss):
    """The chapter's loss, summed over outputs and samples.

    Forward:   ℓ = ½ Σ (ŷ − y)².
    Backward:  ∂ℓ/∂ŷ = ŷ − y.
    Shapes:    two arrays of one shape.
    Source:    the chapter "Fully Connected Layers".
    """

    type = "half_squared_error"
    analytic = True
    squares = True
    formula = "ℓ = ½ Σ (ŷ − y)²"

    def gradient_program(self, at: LossSite) -> Program:
        return [(Backend.subtract, at.predicted, at.truth, at.gradient)]

    def value(self, at: LossSite) -> Any:
        return 0.5 * at.squares("gradient")

    def explain_value(self, scope: LossScope) -> Explained:
        return Explained(self.formula, product(Number(0.5), _sum_of_squares(scope)))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        return Explained("∂ℓ/∂ŷ = ŷ − y", scope.error(*at))

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.times(eq.quotient(eq.Scalar("1", 1.0), eq.Scalar("2", 2.0)), _squares(scope))

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.subtract(scope.predicted, scope.truth)


class MeanSquaredError(Loss):
    """The squared error averaged over all M entries, outputs and samples alike.

    Forward:   ℓ = Σ (ŷ − y)² / M.
    Backward:  ∂ℓ/∂ŷ = 2 (ŷ − y) / M.
    Shapes:    two arrays of one shape.
    Source:    PyTorch's `mse_loss` with its default reduction.
    """

    type = "mean_squared_error"
    analytic = True
    squares = True
    formula = "ℓ = Σ (ŷ − y)² / M over all M entries"

    def gradient_program(self, at: LossSite) -> Program:
        error = at.scratch("error")
        return [
            (Backend.subtract, at.predicted, at.truth, error),
            (Backend.multiply, error, at.number(2 / at.entries), at.gradient),
        ]

    def value(self, at: LossSite) -> Any:
        return at.squares("error") / at.entries

    def explain_value(self, scope: LossScope) -> Explained:
        return Explained(self.formula, quotient(_sum_of_squares(scope), scope.entries()))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        share = quotient(Number(2.0), scope.entries())
        return Explained("∂ℓ/∂ŷ = 2 (ŷ − y) / M", product(share, scope.error(*at)))

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.times(eq.quotient(eq.Scalar("1", 1.0), scope.entries), _squares(scope))

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        share = eq.quotient(eq.Scalar("2", 2.0), scope.entries)
        return eq.times(share, eq.subtract(scope.predicted, scope.truth))


half_squared_error = HalfSquaredError()
mse_loss = MeanSquaredError()
