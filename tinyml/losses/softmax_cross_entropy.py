"""Softmax and cross entropy in one step, as they should be."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, Any

from tinyml.core import Array, Backend, Program, ShapeError
from tinyml.expression import (
    PARTIAL,
    Expression,
    Marked,
    Number,
    derivative,
    difference,
    negate,
    product,
    quotient,
)
from tinyml.layers.ranges import UNIT, Range, logistic
from tinyml.layers.reasons import Explained, Index
from tinyml.layers.site import Shape
from tinyml.layers.work import Work
from tinyml.losses.base import Loss
from tinyml.losses.scores import Scores
from tinyml.losses.site import LossSite

if TYPE_CHECKING:
    from tinyml.explain.loss_scope import LossScope


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
    analytic = True
    squashes = "softmax"
    truths = UNIT
    of_shares = True
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

    def size(self, at: LossSite, value: Any) -> Any:
        # Beside 1, whose logarithm is 0, what is smaller than its last digit is lost.
        surprise = 1 + Backend.log(self._sums(at)) - at.scratch("shifted")
        return at.total(Backend.abs(at.truth) * surprise) / at.samples

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

    def work(self, shape: Shape, batch: int) -> tuple[Work, Work]:
        """The value sums the surprise of each sample."""
        return self.value_work(batch), super().work(shape, batch)[1]

    def compared_range(self, predicted: Range, outputs: int) -> Range:
        """A share is largest, or smallest, where all others have the score at the other end: σ(±d − log(outputs − 1))
        with d from end to end.
        """
        if outputs == 1:
            return Range(1.0, 1.0)
        apart, others = predicted.highest - predicted.lowest, log(outputs - 1)
        return Range(logistic(-apart - others), logistic(apart - others))

    def truth_gradient(self, predicted: Array, truth: Array) -> Array:
        shifted = predicted - predicted.max(axis=1, keepdims=True)
        log_sums = Backend.log(Backend.exp(shifted).sum(axis=1, keepdims=True))
        surprise: Array = (log_sums - shifted) / len(predicted)
        return surprise

    def explain_value(self, scope: LossScope) -> Explained:
        def rest(start: int) -> float:
            z, y = scope.trace.output[start:], scope.trace.y[start:]
            shifted = z - z.max(axis=1, keepdims=True)
            log_sums = Backend.log(Backend.exp(shifted).sum(axis=1, keepdims=True))
            return float((y * (log_sums - shifted)).sum())

        surprises = scope.sum(len(scope.trace.y), lambda n: Scores(scope, n).surprise(), rest)
        return Explained(self.formula, quotient(surprises, scope.samples()))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        scores = Scores(scope, at[0])
        error = difference(product(scores.share(at[1]), scores.weight()), scope.truth(*at))
        return Explained("∂ℓ/∂ŷ = (softmax(ŷ) Σₖ yₖ − y) / N", quotient(error, scope.samples()))

    def explain_parts(self, scope: LossScope, at: Index) -> Explained:
        """Through the shares p = softmax(ŷ): Σₖ ∂ℓ/∂pₖ · ∂pₖ/∂ŷᵢ, where 1/pₖ and pₖ cancel."""
        (n, i), scores = at, Scores(scope, at[0])
        if not scores.exponentials.all():  # 1/pₖ is not finite: the parts have lost what the fused step keeps
            return super().explain_parts(scope, at)
        below = scope.predicted(*at).symbol

        def through(k: int) -> Expression:
            # Both shares have the sum of exponentials within each term, where it is kept short.
            own, share, symbol = scores.share(i), scores.share(k), scope.predicted(n, k).symbol.replace("ŷ", "p")
            surprise = negate(quotient(scope.truth(n, k), product(scope.samples(), share)))
            slope = product(share, difference(Number(1.0 if k == i else 0.0), own))
            return product(
                Marked("upstream", PARTIAL + symbol, surprise), Marked("local", derivative(symbol, below), slope)
            )

        def rest(start: int) -> float:
            same = Backend.arange(start, scope.outputs) == i
            own = scores.exponentials[i] / scores.exponentials.sum()
            return float((scope.trace.y[n, start:] * (own - same)).sum() / len(scope.trace.y))

        law = "From its parts: ∂ℓ/∂ŷᵢ = Σₖ ∂ℓ/∂pₖ ∂pₖ/∂ŷᵢ, with p = softmax(ŷ)"
        return Explained(law, scope.sum(scope.outputs, through, rest))

    def explain_truth_gradient(self, scope: LossScope, at: Index) -> Explained:
        scores = Scores(scope, at[0])
        surprise = difference(scores.log_total(), scores.shifted(at[1]))
        return Explained("∂ℓ/∂y = −log softmax(ŷ) / N", quotient(surprise, scope.samples()))


softmax_cross_entropy = SoftmaxCrossEntropy()
