"""The absolute error and the Huber loss."""

from __future__ import annotations

from typing import Any

from tinyml.core import Array, Backend, Program
from tinyml.losses.base import Loss
from tinyml.losses.buffers import LossBuffers


class MeanAbsoluteError(Loss):
    """The absolute error averaged over all M entries.

    Forward:   ℓ = Σ |ŷ − y| / M.
    Backward:  ∂ℓ/∂ŷ = sign(ŷ − y) / M; at the kink ŷ = y the derivative is taken as 0.
    Shapes:    two arrays of one shape.
    Source:    PyTorch's `l1_loss` with its default reduction.
    """

    type = "mean_absolute_error"

    def gradient_program(self, at: LossBuffers) -> Program:
        error = at.scratch("error")
        return [
            (Backend.subtract, at.predicted, at.truth, error),
            (Backend.sign, error, at.gradient),
            (Backend.divide, at.gradient, at.number(at.entries), at.gradient),
        ]

    def value(self, at: LossBuffers) -> Any:
        return at.total(Backend.abs(at.scratch("error"))) / at.entries


class HuberLoss(Loss):
    """The Huber loss: quadratic for small errors, linear for large ones, averaged over all M entries.

    Forward:   ℓ = Σ ρ(ŷ − y) / M, with ρ(e) = ½e² where |e| ≤ δ, else δ(|e| − ½δ).
    Backward:  ∂ℓ/∂ŷ = (ŷ − y) / M where |ŷ − y| ≤ δ, else δ sign(ŷ − y) / M.
    Shapes:    two arrays of one shape.
    Errors:    ValueError if δ is not above 0.
    Source:    Huber (1964), Robust estimation of a location parameter; PyTorch's `huber_loss`.
    """

    type = "huber"

    def __init__(self, delta: float = 1.0) -> None:
        if not delta > 0:
            raise ValueError(f"huber: delta must be above 0, got {delta}; take 1.0 if unsure.")
        self.delta = delta

    def gradient_program(self, at: LossBuffers) -> Program:
        error, cut = at.scratch("error"), at.scratch("cut")
        return [
            (Backend.subtract, at.predicted, at.truth, error),
            # With c the error clipped to ±δ, both branches of ρ are c(e − ½c), and its derivative is c.
            (self._cut, error, cut),
            (Backend.divide, cut, at.number(at.entries), at.gradient),
        ]

    def value(self, at: LossBuffers) -> Any:
        error, cut = at.scratch("error"), at.scratch("cut")
        return at.total(cut * (error - 0.5 * cut)) / at.entries

    def _cut(self, error: Array, cut: Array) -> None:
        Backend.clip(error, -self.delta, self.delta, out=cut)


mean_absolute_error = MeanAbsoluteError()
huber = HuberLoss()
