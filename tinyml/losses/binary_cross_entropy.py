"""Sigmoid and binary cross entropy in one step, for outputs that are separate yes-or-no questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tinyml.core import Array, Backend, Program
from tinyml.layers.ranges import UNIT, Range, logistic
from tinyml.layers.sigmoid import sigmoid
from tinyml.layers.softplus import softplus
from tinyml.losses.base import ProbabilityLoss
from tinyml.losses.buffers import LossBuffers
from tinyml.losses.class_weights import checked_weights, fits_outputs


class BinaryCrossEntropy(ProbabilityLoss):
    """The cross entropy between the targets and the probabilities σ(z), averaged over the N samples; z are the
    network's outputs.

    The network ends in the scores z, without a `Sigmoid` layer, just as it has no `Softmax` before
    `softmax_cross_entropy`: σ is part of the loss, because only then is it accurate at scores of ±1000.

    Forward:   ℓ = −Σ (y log σ(z) + (1 − y) log(1 − σ(z))) / N = Σ (max(z, 0) − yz + log(1 + e^(−|z|))) / N.
    Backward:  ∂ℓ/∂z = (σ(z) − y) / N.
    Shapes:    z and y (batch, outputs); y from 0 to 1.
    Errors:    ShapeError for other shapes; ValueError for weights that are not above 0.
    Source:    PyTorch's `binary_cross_entropy_with_logits`, which for one output has this value by default.

    `pos_weight`  c, a weight above 0 for each output: the part of the answer yes is multiplied by it,
                  ℓ = −Σ (c y log p + (1 − y) log(1 − p)) / N, as in PyTorch.
    """

    type = "binary_cross_entropy"
    analytic = True
    squashes = "logistic"
    truths = UNIT

    def __init__(self, pos_weight: Sequence[float] | None = None) -> None:
        self.pos_weight = checked_weights(self.type, "pos_weight", pos_weight)

    def fitting(self, shape: tuple[int, ...], truth: Array | None) -> Array | None:
        fits_outputs(self.type, "pos_weight", self.pos_weight, shape)
        return super().fitting(shape, truth)

    def of_yes(self, truth: Array) -> Array:
        """c y, for one row of targets per sample."""
        return truth if self.pos_weight is None else Backend.asarray(self.pos_weight) * truth

    def gradient_program(self, at: LossBuffers) -> Program:
        if self.pos_weight is not None:
            weights = Backend.asarray(self.pos_weight, dtype=at.predicted.dtype)[:, None]
            yes, both = at.scratch("yes", at.truth.shape), at.scratch("both", at.truth.shape)
            return [
                (Backend.multiply, at.truth, weights, yes),
                (Backend.subtract, yes, at.truth, both),
                (Backend.add, both, at.number(1), both),
                (self._chances, at.predicted, at.gradient),
                (Backend.multiply, at.gradient, both, at.gradient),
                (Backend.subtract, at.gradient, yes, at.gradient),
                (Backend.divide, at.gradient, at.number(at.samples), at.gradient),
            ]
        return [
            (self._chances, at.predicted, at.gradient),
            (Backend.subtract, at.gradient, at.truth, at.gradient),
            (Backend.divide, at.gradient, at.number(at.samples), at.gradient),
        ]

    def value(self, at: LossBuffers) -> Any:
        z = at.predicted
        if self.pos_weight is not None:
            # Both parts are positive: nothing cancels.
            return at.total(at.scratch("yes") * _softplus(-z) + (1 - at.truth) * _softplus(z)) / at.samples
        if z.dtype.kind == "c":
            return at.total(softplus(z) - at.truth * z) / at.samples
        tail = Backend.log1p(Backend.exp(-Backend.abs(z)))
        return at.total(Backend.maximum(z, 0) - at.truth * z + tail) / at.samples

    def compared_range(self, predicted: Range, outputs: int) -> Range:
        return predicted.through(logistic)

    def size(self, at: LossBuffers, value: Any) -> Any:
        if self.pos_weight is not None:
            part = 1 + Backend.abs(at.truth) + Backend.abs(at.scratch("yes"))
            return at.total(part * (1 + Backend.abs(at.predicted))) / at.samples
        # z, y z and a logarithm of at most log 2: where z is large the first two cancel.
        return at.total((1 + Backend.abs(at.truth)) * Backend.abs(at.predicted) + 1) / at.samples

    def truth_gradient(self, predicted: Array, truth: Array) -> Array:
        if self.pos_weight is None:
            return -predicted / len(predicted)
        slopes: Array = Backend.asarray(self.pos_weight) * _softplus(-predicted) - _softplus(predicted)
        return slopes / len(predicted)

    @staticmethod
    def _chances(z: Array, chances: Array) -> None:
        chances[...] = sigmoid(z)

    def probabilities(self, predicted: Array) -> Array:
        """σ of each score."""
        return sigmoid(predicted)

    def probability_gradient(self, predicted: Array, truth: Array) -> Array:
        """((1 − y) / (1 − p) − c y / p) / N, without the part that has the factor 0."""
        p = self.probabilities(predicted)
        of_no = Backend.where(truth == 1, 0.0, (1 - truth) / Backend.where(truth == 1, 1.0, 1 - p))
        of_yes = Backend.where(truth == 0, 0.0, self.of_yes(truth) / Backend.where(truth == 0, 1.0, p))
        slopes: Array = (of_no - of_yes) / len(p)
        return slopes


def _softplus(z: Array) -> Array:
    """log(1 + e^z), for real and complex scores."""
    if z.dtype.kind == "c":
        return softplus(z)
    whole: Array = Backend.maximum(z, 0) + Backend.log1p(Backend.exp(-Backend.abs(z)))
    return whole


binary_cross_entropy = BinaryCrossEntropy()
