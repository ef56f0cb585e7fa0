"""Squared errors: half the sum, as in the chapter, or the mean."""

from __future__ import annotations

from typing import Any

from tinyml.core import Backend, Program
from tinyml.losses.base import Loss
from tinyml.losses.buffers import LossBuffers


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

    def gradient_program(self, at: LossBuffers) -> Program:
        return [(Backend.subtract, at.predicted, at.truth, at.gradient)]

    def value(self, at: LossBuffers) -> Any:
        return 0.5 * at.squares("gradient")


class MeanSquaredError(Loss):
    """The squared error averaged over all M entries: outputs and samples.

    Forward:   ℓ = Σ (ŷ − y)² / M.
    Backward:  ∂ℓ/∂ŷ = 2 (ŷ − y) / M.
    Shapes:    two arrays of one shape.
    Source:    PyTorch's `mse_loss` with its default reduction.
    """

    type = "mean_squared_error"
    analytic = True
    squares = True

    def gradient_program(self, at: LossBuffers) -> Program:
        error = at.scratch("error")
        return [
            (Backend.subtract, at.predicted, at.truth, error),
            (Backend.multiply, error, at.number(2 / at.entries), at.gradient),
        ]

    def value(self, at: LossBuffers) -> Any:
        return at.squares("error") / at.entries


half_squared_error = HalfSquaredError()
mse_loss = MeanSquaredError()
