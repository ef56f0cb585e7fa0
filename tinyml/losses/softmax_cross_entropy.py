"""Softmax and cross entropy in one step, as they should be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinyml.core import Array, Backend, Program, ShapeError
from tinyml.expression import Expression, Number, call, difference, product, quotient, total
from tinyml.layers.base import Explained
from tinyml.losses.base import Loss
from tinyml.losses.site import LossSite

if TYPE_CHECKING:
    from tinyml.explain.scope import LossScope


class SoftmaxCrossEntropy(Loss):
    """How surprised the shares softmax(z) are by the truth, averaged over the N samples; z are the network's outputs.

    Forward:   ℓ = −Σ y log softmax(z) / N = Σ y (log Σₖ e^(zₖ − m) − (z − m)) / N, with m = maxₖ zₖ, so that neither
               e nor log meets a number that it cannot bear.
    Backward:  ∂ℓ/∂z = (softmax(z) Σₖ yₖ − y) / N; the truth's shares add up to one, so this is (softmax(z) − y) / N.
    Shapes:    z (batch, classes); the truth one row of shares a sample, or one whole number, the class, a sample.
    Errors:    ShapeError for other shapes, and for a class that there is not.
    Source:    Bridle (1990); PyTorch's `cross_entropy` with its default reduction.
    """

    type = "softmax_cross_entropy"
    sums_samples = True
    analytic = True
    formula = "ℓ = −Σ y log softmax(ŷ) / N over the N samples"

    def targets(self, truth: Array, outputs: int) -> Array:
        """Class indices as rows of shares, a 1 at the class and 0 elsewhere; rows stay as they are."""
        if truth.ndim != 1:
            return truth
        whole = truth.dtype.kind in "iu" or (truth == Backend.floor(truth)).all()
        if not whole or not ((truth >= 0) & (truth < outputs)).all():
            raise ShapeError(f"{self.type}: a class must be a whole number from 0 to {outputs - 1}, but others came.")
        rows = Backend.zeros((len(truth), outputs))
        rows[Backend.arange(len(truth)), truth.astype(int)] = 1
        return rows

    def gradient_program(self, at: LossSite) -> Program:
        return [(self._compare, at)]

    def value(self, at: LossSite) -> Any:
        shifted, sums = at.scratch("shifted"), self._sums(at)
        return at.total(at.truth * (Backend.log(sums) - shifted)) / at.samples

    def _compare(self, at: LossSite) -> None:
        shifted, sums, gradient = at.scratch("shifted"), self._sums(at), at.gradient
        Backend.subtract(at.predicted, at.predicted.max(axis=-2, keepdims=True), shifted)
        Backend.exp(shifted, gradient)
        gradient.sum(axis=-2, keepdims=True, out=sums)
        Backend.multiply(gradient, at.truth.sum(axis=-2, keepdims=True) / sums, gradient)
        Backend.subtract(gradient, at.truth, gradient)
        Backend.divide(gradient, at.samples, gradient)

    @staticmethod
    def _sums(at: LossSite) -> Array:
        """Σₖ e^(zₖ − m), a sample each."""
        return at.scratch("sums", (*at.predicted.shape[:-2], 1, at.predicted.shape[-1]))

    def truth_gradient(self, predicted: Array, truth: Array) -> Array:
        shifted = predicted - predicted.max(axis=1, keepdims=True)
        log_sums = Backend.log(Backend.exp(shifted).sum(axis=1, keepdims=True))
        surprise: Array = (log_sums - shifted) / len(predicted)
        return surprise

    def explain_value(self, scope: LossScope) -> Explained:
        surprises = [self._surprise(scope, n) for n in range(scope.batch)]
        return Explained(self.formula, quotient(total(surprises), Number(float(scope.batch))))

    def explain_gradient(self, scope: LossScope, sample: int, unit: int) -> Explained:
        exponentials = [call("exp", shifted) for shifted in self._shifted(scope, sample)]
        share = quotient(exponentials[unit], total(exponentials))
        error = difference(product(share, self._weight(scope, sample)), scope.truth(sample, unit))
        return Explained("∂ℓ/∂ŷ = (softmax(ŷ) Σₖ yₖ − y) / N", quotient(error, Number(float(scope.batch))))

    def explain_truth_gradient(self, scope: LossScope, sample: int, unit: int) -> Explained:
        shifted = self._shifted(scope, sample)
        log_sum = call("log", total([call("exp", score) for score in shifted]))
        surprise = difference(log_sum, shifted[unit])
        return Explained("∂ℓ/∂y = −log softmax(ŷ) / N", quotient(surprise, Number(float(scope.batch))))

    def _surprise(self, scope: LossScope, sample: int) -> Expression:
        """Σₖ yₖ (log Σⱼ e^(zⱼ − m) − (zₖ − m)) of one sample, with the sum of exponentials written once."""
        shifted = self._shifted(scope, sample)
        log_sum = call("log", total([call("exp", score) for score in shifted]))
        scored = total([product(scope.truth(sample, k), score) for k, score in enumerate(shifted)])
        return difference(product(self._weight(scope, sample), log_sum), scored)

    def _weight(self, scope: LossScope, sample: int) -> Expression:
        return total([scope.truth(sample, k) for k in range(scope.outputs)])

    def _shifted(self, scope: LossScope, sample: int) -> list[Expression]:
        """zₖ − m for each k, with the largest standing for itself."""
        scores = [scope.predicted(sample, k) for k in range(scope.outputs)]
        largest = max(scores, key=lambda score: score.value)
        return [difference(score, largest) for score in scores]


softmax_cross_entropy = SoftmaxCrossEntropy()
