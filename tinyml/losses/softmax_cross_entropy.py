"""Softmax and cross entropy in one step, as they should be."""

from __future__ import annotations

from math import log, prod
from typing import Any

from tinyml.core import Array, Backend, Program, ShapeError
from tinyml.layers.buffers import Shape
from tinyml.layers.operation_counts import OperationCounts
from tinyml.layers.ranges import UNIT, Range, logistic
from tinyml.losses.base import ProbabilityLoss
from tinyml.losses.buffers import LossBuffers


class SoftmaxCrossEntropy(ProbabilityLoss):
    """How surprised the shares softmax(z) are by the truth, averaged over the N samples; z are the network's outputs.

    Forward:   ℓ = −Σ y log softmax(z) / N = Σ y (log Σₖ e^(zₖ − m) − (z − m)) / N, with m = maxₖ zₖ, so that neither
               e nor log meets a number that it cannot bear.
    Backward:  ∂ℓ/∂z = (softmax(z) Σₖ yₖ − y) / N; the truth's shares add up to one, so this is (softmax(z) − y) / N.
    Shapes:    z (batch, classes); the truth one row of shares a sample, or one whole number, the class, a sample.
    Errors:    ShapeError for other shapes, and for a class that there is not.
    Source:    Bridle (1990); PyTorch's `cross_entropy` with its default reduction.
    """

    type = "softmax_cross_entropy"
    analytic = True
    squashes = "softmax"
    elementwise = False
    truths = UNIT
    of_shares = True

    def targets(self, truth: Array, outputs: int) -> Array:
        """Class indices as rows of shares, a 1 at the class and 0 elsewhere; rows stay as they are."""
        if truth.ndim != 1:
            return truth
        rows: Array = Backend.arange(outputs)[:, None] == truth
        # A number equals one class at most: any other than these equals none.
        if Backend.count_nonzero(rows) != len(truth):
            raise ShapeError(f"{self.type}: a class must be a whole number from 0 to {outputs - 1}, got others.")
        return rows.T.astype(float)

    def gradient_program(self, at: LossBuffers) -> Program:
        shifted, gradient, truth = at.scratch("shifted"), at.gradient, at.truth
        largest, sums = self._of_samples(at, "largest"), self._of_samples(at, "sums")
        weights = at.scratch("weights", (1, at.samples))
        return [
            (at.predicted.max, -2, largest, True),
            (Backend.subtract, at.predicted, largest, shifted),
            (Backend.exp, shifted, gradient),
            (gradient.sum, -2, None, sums, True),
            (truth.sum, -2, None, weights, True),
            (Backend.divide, weights, sums, largest),
            (Backend.multiply, gradient, largest, gradient),
            (Backend.subtract, gradient, truth, gradient),
            (Backend.divide, gradient, at.number(at.samples), gradient),
        ]

    def value(self, at: LossBuffers) -> Any:
        surprise = at.scratch("surprise")
        Backend.subtract(Backend.log(self._of_samples(at, "sums")), at.scratch("shifted"), surprise)
        Backend.multiply(at.truth, surprise, surprise)
        return at.total(surprise) / at.samples

    def size(self, at: LossBuffers, value: Any) -> Any:
        # Beside 1, whose logarithm is 0, what is smaller than its last digit is lost.
        surprise = 1 + Backend.log(self._of_samples(at, "sums")) - at.scratch("shifted")
        return at.total(Backend.abs(at.truth) * surprise) / at.samples

    @staticmethod
    def _of_samples(at: LossBuffers, name: str) -> Array:
        """One number a sample, such as the `sums` Σₖ e^(zₖ − m)."""
        return at.scratch(name, (*at.predicted.shape[:-2], 1, at.predicted.shape[-1]))

    def counts(self, shape: Shape, batch: int) -> tuple[OperationCounts, ...]:
        """The value sums the surprise of each sample."""
        probabilities, _, gradient = super().counts(shape, batch)
        return probabilities, self.value_counts(batch), gradient

    def _probability_terms(self, shape: Shape) -> int:
        return prod(shape)  # the exponentials of all scores

    def compared_range(self, predicted: Range, outputs: int) -> Range:
        """A share is largest, or smallest, where all others have the score at the other end: σ(±d − log(outputs − 1))
        with d from end to end.
        """
        if outputs == 1:
            return Range(1.0, 1.0)
        apart, others = predicted.highest - predicted.lowest, log(outputs - 1)
        return Range(logistic(-apart - others), logistic(apart - others))

    def truth_gradient(self, predicted: Array, truth: Array) -> Array:
        shifted, sums = self._shifted(predicted)
        surprise: Array = (Backend.log(sums) - shifted) / len(predicted)
        return surprise

    def probabilities(self, predicted: Array) -> Array:
        """Each score's share of the sum of all exponentials."""
        shifted, sums = self._shifted(predicted)
        shares: Array = Backend.exp(shifted) / sums
        return shares

    def probability_gradient(self, predicted: Array, truth: Array) -> Array:
        """−y / (N p); what has the truth 0 takes no part, whatever its p."""
        p = self.probabilities(predicted)
        slopes: Array = Backend.where(truth == 0, 0.0, truth / (-len(p) * Backend.where(truth == 0, 1.0, p)))
        return slopes

    @staticmethod
    def _shifted(predicted: Array) -> tuple[Array, Array]:
        """z − m, and Σₖ e^(zₖ − m)."""
        shifted = predicted - predicted.max(axis=1, keepdims=True)
        return shifted, Backend.exp(shifted).sum(axis=1, keepdims=True)


softmax_cross_entropy = SoftmaxCrossEntropy()
