"""The logistic function and cross entropy in one step, for outputs that are each a question of yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinyml.core import Array, Backend, Program
from tinyml.expression import Expression, Number, call, difference, negate, product, quotient, total
from tinyml.layers.base import Explained
from tinyml.layers.sigmoid import sigmoid
from tinyml.layers.softplus import softplus
from tinyml.losses.base import Loss
from tinyml.losses.site import LossSite

if TYPE_CHECKING:
    from tinyml.explain.scope import LossScope


class BinaryCrossEntropy(Loss):
    """How surprised the chances σ(z) are by the truth, averaged over the N samples; z are the network's outputs.

    The network ends in the scores z, without a `Sigmoid` of its own, as it does without a `Softmax` before
    `softmax_cross_entropy`: σ is part of the loss, for only so is it right at scores of ±1000.

    Forward:   ℓ = −Σ (y log σ(z) + (1 − y) log(1 − σ(z))) / N = Σ (max(z, 0) − yz + log(1 + e^(−|z|))) / N.
    Backward:  ∂ℓ/∂z = (σ(z) − y) / N.
    Shapes:    z and y (batch, outputs); y from 0 to 1.
    Source:    PyTorch's `binary_cross_entropy_with_logits`, which for one output has this value by default.
    """

    type = "binary_cross_entropy"
    sums_samples = True
    analytic = True
    formula = "ℓ = −Σ (y log σ(ŷ) + (1 − y) log(1 − σ(ŷ))) / N over the N samples"

    def gradient_program(self, at: LossSite) -> Program:
        return [
            (self._chances, at.predicted, at.gradient),
            (Backend.subtract, at.gradient, at.truth, at.gradient),
            (Backend.divide, at.gradient, at.number(at.samples), at.gradient),
        ]

    def value(self, at: LossSite) -> Any:
        z = at.predicted
        if z.dtype.kind == "c":
            return at.total(softplus(z) - at.truth * z) / at.samples
        tail = Backend.log1p(Backend.exp(-Backend.abs(z)))
        return at.total(Backend.maximum(z, 0) - at.truth * z + tail) / at.samples

    def truth_gradient(self, predicted: Array, truth: Array) -> Array:
        return -predicted / len(predicted)

    @staticmethod
    def _chances(z: Array, chances: Array) -> None:
        chances[...] = sigmoid(z)

    def explain_value(self, scope: LossScope) -> Explained:
        surprises = [self._surprise(scope, n, k) for n in range(scope.batch) for k in range(scope.outputs)]
        return Explained(self.formula, quotient(total(surprises), Number(float(scope.batch))))

    def explain_gradient(self, scope: LossScope, sample: int, unit: int) -> Explained:
        error = difference(call("sigmoid", scope.predicted(sample, unit)), scope.truth(sample, unit))
        return Explained("∂ℓ/∂ŷ = (σ(ŷ) − y) / N", quotient(error, Number(float(scope.batch))))

    def explain_truth_gradient(self, scope: LossScope, sample: int, unit: int) -> Explained:
        score = quotient(scope.predicted(sample, unit), Number(float(scope.batch)))
        return Explained("∂ℓ/∂y = −ŷ / N", negate(score))

    def _surprise(self, scope: LossScope, sample: int, unit: int) -> Expression:
        z, y = scope.predicted(sample, unit), scope.truth(sample, unit)
        tail = call("log1p", call("exp", negate(call("abs", z))))
        return total([difference(call("max", z, Number(0.0)), product(y, z)), tail])


binary_cross_entropy = BinaryCrossEntropy()
