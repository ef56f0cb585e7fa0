"""Softmax and cross entropy in one step, which is numerically stable."""

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
    """The cross entropy between the targets and the probabilities softmax(z), averaged over the N samples; z are the
    network's outputs.

    Forward:   ℓ = −Σ y log softmax(z) / N = Σ y (log Σₖ e^(zₖ − m) − (z − m)) / N, with m = maxₖ zₖ, so that neither
               the exponential nor the logarithm overflows.
    Backward:  ∂ℓ/∂z = (softmax(z) Σₖ yₖ − y) / N; if the targets of a sample sum to 1, this is (softmax(z) − y) / N.
    Shapes:    z (batch, classes); targets are one row of probabilities per sample, or one class index per sample.
    Errors:    ShapeError for other shapes and for an unknown class.
    Source:    Bridle (1990); PyTorch's `cross_entropy` with its default reduction.
    """

    type = "softmax_cross_entropy"
    analytic = True
    squashes = "softmax"
    elementwise = False
    truths = UNIT
    of_shares = True

    def targets(self, truth: Array, outputs: int) -> Array:
        """Class indices as one-hot rows; rows are returned unchanged."""
        if truth.ndim != 1:
            return truth
        rows: Array = Backend.arange(outputs)[:, None] == truth
        # A number that is no class index equals none of them.
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
        # Next to 1, whose logarithm is 0, anything smaller than its last digit is lost.
        surprise = 1 + Backend.log(self._of_samples(at, "sums")) - at.scratch("shifted")
        return at.total(Backend.abs(at.truth) * surprise) / at.samples

    @staticmethod
    def _of_samples(at: LossBuffers, name: str) -> Array:
        """A buffer of one number per sample, such as the `sums` Σₖ e^(zₖ − m)."""
        return at.scratch(name, (*at.predicted.shape[:-2], 1, at.predicted.shape[-1]))

    def counts(self, shape: Shape, batch: int) -> tuple[OperationCounts, ...]:
        """The value sums the cross entropy of each sample."""
        probabilities, _, gradient = super().counts(shape, batch)
        return probabilities, self.value_counts(batch), gradient

    def _probability_terms(self, shape: Shape) -> int:
        return prod(shape)  # the exponentials of all scores

    def compared_range(self, predicted: Range, outputs: int) -> Range:
        """A probability is largest, or smallest, if all other scores are at the other end: σ(±d − log(outputs − 1))
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
        """Each exponential divided by the sum of all."""
        shifted, sums = self._shifted(predicted)
        shares: Array = Backend.exp(shifted) / sums
        return shares

    def probability_gradient(self, predicted: Array, truth: Array) -> Array:
        """−y / (N p); entries with target 0 contribute nothing, whatever their p."""
        p = self.probabilities(predicted)
        slopes: Array = Backend.where(truth == 0, 0.0, truth / (-len(p) * Backend.where(truth == 0, 1.0, p)))
        return slopes

    @staticmethod
    def _shifted(predicted: Array) -> tuple[Array, Array]:
        """z − m, and Σₖ e^(zₖ − m)."""
        shifted = predicted - predicted.max(axis=1, keepdims=True)
        return shifted, Backend.exp(shifted).sum(axis=1, keepdims=True)


softmax_cross_entropy = SoftmaxCrossEntropy()
