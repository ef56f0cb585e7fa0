"""Sigmoid and binary cross entropy in one step, for outputs that are separate yes-or-no questions."""

from __future__ import annotations

from typing import Any

from tinyml.core import Array, Backend, Program
from tinyml.layers.ranges import UNIT, Range, logistic
from tinyml.layers.sigmoid import sigmoid
from tinyml.layers.softplus import softplus
from tinyml.losses.base import ProbabilityLoss
from tinyml.losses.buffers import LossBuffers


class BinaryCrossEntropy(ProbabilityLoss):
    """The cross entropy between the targets and the probabilities σ(z), averaged over the N samples; z are the
    network's outputs.

    The network ends in the scores z, without a `Sigmoid` layer, just as it has no `Softmax` before
    `softmax_cross_entropy`: σ is part of the loss, because only then is it accurate at scores of ±1000.

    Forward:   ℓ = −Σ (y log σ(z) + (1 − y) log(1 − σ(z))) / N = Σ (max(z, 0) − yz + log(1 + e^(−|z|))) / N.
    Backward:  ∂ℓ/∂z = (σ(z) − y) / N.
    Shapes:    z and y (batch, outputs); y from 0 to 1.
    Source:    PyTorch's `binary_cross_entropy_with_logits`, which for one output has this value by default.
    """

    type = "binary_cross_entropy"
    analytic = True
    squashes = "logistic"
    truths = UNIT

    def gradient_program(self, at: LossBuffers) -> Program:
        return [
            (self._chances, at.predicted, at.gradient),
            (Backend.subtract, at.gradient, at.truth, at.gradient),
            (Backend.divide, at.gradient, at.number(at.samples), at.gradient),
        ]

    def value(self, at: LossBuffers) -> Any:
        z = at.predicted
        if z.dtype.kind == "c":
            return at.total(softplus(z) - at.truth * z) / at.samples
        tail = Backend.log1p(Backend.exp(-Backend.abs(z)))
        return at.total(Backend.maximum(z, 0) - at.truth * z + tail) / at.samples

    def compared_range(self, predicted: Range, outputs: int) -> Range:
        return predicted.through(logistic)

    def size(self, at: LossBuffers, value: Any) -> Any:
        # z, y z and a logarithm of at most log 2: where z is large the first two cancel.
        return at.total((1 + Backend.abs(at.truth)) * Backend.abs(at.predicted) + 1) / at.samples

    def truth_gradient(self, predicted: Array, truth: Array) -> Array:
        return -predicted / len(predicted)

    @staticmethod
    def _chances(z: Array, chances: Array) -> None:
        chances[...] = sigmoid(z)

    def probabilities(self, predicted: Array) -> Array:
        """σ of each score."""
        return sigmoid(predicted)

    def probability_gradient(self, predicted: Array, truth: Array) -> Array:
        """((1 − y) / (1 − p) − y / p) / N, without the part that has the factor 0."""
        p = self.probabilities(predicted)
        of_no = Backend.where(truth == 1, 0.0, (1 - truth) / Backend.where(truth == 1, 1.0, 1 - p))
        of_yes = Backend.where(truth == 0, 0.0, truth / Backend.where(truth == 0, 1.0, p))
        slopes: Array = (of_no - of_yes) / len(p)
        return slopes


binary_cross_entropy = BinaryCrossEntropy()
