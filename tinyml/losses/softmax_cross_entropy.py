"""Softmax and cross entropy in one step, which is numerically stable."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, prod
from typing import Any

from tinyml.core import Array, Backend, Program, ShapeError
from tinyml.layers.buffers import Shape
from tinyml.layers.operation_counts import OperationCounts
from tinyml.layers.ranges import UNIT, Range, logistic
from tinyml.losses.base import ProbabilityLoss
from tinyml.losses.buffers import LossBuffers
from tinyml.losses.class_weights import checked_weights, fits_outputs


class SoftmaxCrossEntropy(ProbabilityLoss):
    """The cross entropy between the targets and the probabilities softmax(z), averaged over the N samples; z are the
    network's outputs.

    Forward:   ℓ = −Σ y log softmax(z) / N = Σ y (log Σₖ e^(zₖ − m) − (z − m)) / N, with m = maxₖ zₖ, so that neither
               the exponential nor the logarithm overflows.
    Backward:  ∂ℓ/∂z = (softmax(z) Σₖ yₖ − y) / N; if the targets of a sample sum to 1, this is (softmax(z) − y) / N.
    Shapes:    z (batch, classes); targets are one row of probabilities per sample, or one class index per sample.
    Errors:    ShapeError for other shapes and for an unknown class; ValueError for settings out of range.
    Source:    Bridle (1990); PyTorch's `cross_entropy` with its default reduction. Smoothing of labels: Szegedy et al.
               (2016).

    `label_smoothing`  ε: a share of each target is spread over the K classes, (1 − ε) y + ε / K.
    `weight`           c, a weight above 0 for each class: the mean is weighted, ℓ = Σ t (−log p) / Σ c y with
                       t = c ((1 − ε) y + ε / K), as in PyTorch for classes. For rows of probabilities PyTorch divides
                       by N instead; here both forms of the same targets give the same loss.
    """

    type = "softmax_cross_entropy"
    analytic = True
    squashes = "softmax"
    elementwise = False
    truths = UNIT
    of_shares = True

    def __init__(self, weight: Sequence[float] | None = None, label_smoothing: float = 0.0) -> None:
        if not 0 <= label_smoothing < 1:
            raise ValueError(f"{self.type}: label_smoothing must be from 0 to below 1, got {label_smoothing}; try 0.1.")
        self.weight = checked_weights(self.type, "weight", weight)
        self.label_smoothing = label_smoothing

    @property
    def plain(self) -> bool:
        """Whether the targets are compared as they are given."""
        return self.weight is None and not self.label_smoothing

    def compared(self, truth: Array) -> Array:
        """t, the smoothed and weighted targets, for one row of targets per sample."""
        smooth = truth
        if self.label_smoothing:
            smooth = (1 - self.label_smoothing) * truth + self.label_smoothing / truth.shape[1]
        return smooth if self.weight is None else Backend.asarray(self.weight) * smooth

    def divisor(self, truth: Array) -> float:
        """C = Σ c y, by which the sum is divided; N without weights."""
        return float(len(truth) if self.weight is None else (Backend.asarray(self.weight) * truth).sum())

    def fitting(self, shape: tuple[int, ...], truth: Array | None) -> Array | None:
        fits_outputs(self.type, "weight", self.weight, shape)
        return super().fitting(shape, truth)

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
        shifted, gradient, truth = at.scratch("shifted"), at.gradient, self._compared(at)
        largest, sums = self._of_samples(at, "largest"), self._of_samples(at, "sums")
        weights = at.scratch("weights", (1, at.samples))
        return [
            *self._comparing(at),
            (at.predicted.max, -2, largest, True),
            (Backend.subtract, at.predicted, largest, shifted),
            (Backend.exp, shifted, gradient),
            (gradient.sum, -2, None, sums, True),
            (truth.sum, -2, None, weights, True),
            (Backend.divide, weights, sums, largest),
            (Backend.multiply, gradient, largest, gradient),
            (Backend.subtract, gradient, truth, gradient),
            (Backend.divide, gradient, self._count(at), gradient),
        ]

    def _comparing(self, at: LossBuffers) -> Program:
        """The program that fills `_compared` and `_count`."""
        if self.plain:
            return []
        compared, kept, classes = self._compared(at), at.number(1 - self.label_smoothing), at.truth.shape[0]
        spread = at.number(self.label_smoothing / classes)
        smoothing = [(Backend.multiply, compared, kept, compared), (Backend.add, compared, spread, compared)]
        if self.weight is None:
            return [(Backend.multiply, at.truth, kept, compared), smoothing[1]]
        weights = Backend.asarray(self.weight, dtype=compared.dtype)[:, None]
        weighted = (Backend.multiply, at.truth, weights, compared)
        counted = (compared.sum, (0, 1), None, self._count(at), True)
        if not self.label_smoothing:
            return [weighted, counted]
        return [weighted, counted, smoothing[0], (Backend.add, compared, weights * spread, compared)]

    def _compared(self, at: LossBuffers) -> Array:
        """Where t is, in the layout of `at.truth`."""
        return at.truth if self.plain else at.scratch("compared", at.truth.shape)

    def _count(self, at: LossBuffers) -> Array:
        """Where C is; N without weights."""
        return at.number(at.samples) if self.weight is None else at.scratch("count", (1, 1))

    def value(self, at: LossBuffers) -> Any:
        surprise = at.scratch("surprise")
        Backend.subtract(Backend.log(self._of_samples(at, "sums")), at.scratch("shifted"), surprise)
        Backend.multiply(self._compared(at), surprise, surprise)
        return at.total(surprise) / self._count(at).item()

    def size(self, at: LossBuffers, value: Any) -> Any:
        # Next to 1, whose logarithm is 0, anything smaller than its last digit is lost.
        surprise = 1 + Backend.log(self._of_samples(at, "sums")) - at.scratch("shifted")
        return at.total(Backend.abs(self._compared(at)) * surprise) / abs(self._count(at).item())

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
        surprise: Array = Backend.log(sums) - shifted
        if self.plain:
            return surprise / len(predicted)
        kept: Array = (1 - self.label_smoothing) * surprise
        count = self.divisor(truth)
        if self.weight is None:
            return kept / count
        # The divisor depends on the targets too.
        loss = (self.compared(truth) * surprise).sum() / count
        slopes: Array = Backend.asarray(self.weight) * (kept - loss) / count
        return slopes

    def probabilities(self, predicted: Array) -> Array:
        """Each exponential divided by the sum of all."""
        shifted, sums = self._shifted(predicted)
        shares: Array = Backend.exp(shifted) / sums
        return shares

    def probability_gradient(self, predicted: Array, truth: Array) -> Array:
        """−y / (N p), or −t / (C p); entries with target 0 contribute nothing, whatever their p."""
        p, count = self.probabilities(predicted), self.divisor(truth)
        truth = self.compared(truth)
        slopes: Array = Backend.where(truth == 0, 0.0, truth / (-count * Backend.where(truth == 0, 1.0, p)))
        return slopes

    @staticmethod
    def _shifted(predicted: Array) -> tuple[Array, Array]:
        """z − m, and Σₖ e^(zₖ − m)."""
        shifted = predicted - predicted.max(axis=1, keepdims=True)
        return shifted, Backend.exp(shifted).sum(axis=1, keepdims=True)


softmax_cross_entropy = SoftmaxCrossEntropy()
