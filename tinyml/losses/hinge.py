"""The hinge loss, for outputs whose sign chooses between two classes."""

from __future__ import annotations

from typing import Any

from tinyml.core import Array, Backend, Program
from tinyml.losses.base import Loss
from tinyml.losses.buffers import LossBuffers


class HingeLoss(Loss):
    """The distance by which outputs miss the margin 1 on the side of their class, averaged over all M entries.

    A target is −1 or +1, and ŷ is a score: no activation that bounds it belongs before the loss. With one output M is
    the number of samples; several outputs are separate questions, each with its own target, as in Keras.

    Forward:   ℓ = Σ max(0, 1 − yŷ) / M.
    Backward:  ∂ℓ/∂ŷ = −y / M where yŷ < 1, else 0; at the kink yŷ = 1 the derivative is taken as 0, as ReLU's at 0.
    Shapes:    two arrays of one shape.
    Errors:    TargetError if a target is neither −1 nor +1.
    Source:    Cortes and Vapnik (1995), Support-vector networks; Keras's `hinge`, averaged over the samples.
    """

    type = "hinge"
    allowed = (-1.0, 1.0)
    of_errors = False
    refusal = (
        "a target must be −1 or +1, got another number; write −1 for one class and +1 for the other, "
        "or take binary_cross_entropy, which takes targets from 0 to 1."
    )

    def gradient_program(self, at: LossBuffers) -> Program:
        agreement = at.scratch("agreement")
        return [
            (Backend.multiply, at.truth, at.predicted, agreement),
            # −1 where the margin is not reached, and 0 where it is.
            (Backend.greater_equal, agreement, at.number(1), at.gradient),
            (Backend.subtract, at.gradient, at.number(1), at.gradient),
            (Backend.multiply, at.gradient, at.truth, at.gradient),
            (Backend.divide, at.gradient, at.number(at.entries), at.gradient),
            # 0 · (−1) is −0.
            (Backend.add, at.gradient, at.number(0), at.gradient),
        ]

    def value(self, at: LossBuffers) -> Any:
        return at.total(Backend.maximum(1 - at.scratch("agreement"), 0)) / at.entries

    def size(self, at: LossBuffers, value: Any) -> Any:
        # 1 and yŷ, which cancel near the margin.
        return at.total(1 + Backend.abs(at.predicted)) / at.entries

    def truth_gradient(self, predicted: Array, truth: Array) -> Array:
        slopes: Array = Backend.where(truth * predicted >= 1, 0.0, -predicted / predicted.size)
        return slopes


hinge = HingeLoss()
