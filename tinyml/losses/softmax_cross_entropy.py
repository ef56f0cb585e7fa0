"""Softmax and cross entropy in one step, as they should be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tinyml.core import Array, Backend, Program, ShapeError
from tinyml.expression import (
    PARTIAL,
    Expression,
    Marked,
    Number,
    call,
    derivative,
    difference,
    negate,
    product,
    quotient,
)
from tinyml.layers.reasons import Explained, Index
from tinyml.losses.base import Loss
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
    sums_samples = True
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
        surprises = scope.sum(len(scope.trace.y), lambda n: self._surprise(scope, n), self._rest(scope))
        return Explained(self.formula, quotient(surprises, scope.samples()))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        error = difference(product(self._share(scope, at), self._weight(scope, at[0])), scope.truth(*at))
        return Explained("∂ℓ/∂ŷ = (softmax(ŷ) Σₖ yₖ − y) / N", quotient(error, scope.samples()))

    def explain_parts(self, scope: LossScope, at: Index) -> Explained:
        """Through the shares p = softmax(ŷ): Σₖ ∂ℓ/∂pₖ · ∂pₖ/∂ŷᵢ, where 1/pₖ and pₖ cancel."""
        n, i = at
        exponentials, truth = self._exponentials(scope, n), scope.trace.y[n]
        if not exponentials.all():  # 1/pₖ is not finite: the parts have lost what the fused step keeps
            return super().explain_parts(scope, at)

        def through(k: int) -> Expression:
            share, symbol = self._share(scope, (n, k)), scope.predicted(n, k).symbol.replace("ŷ", "p")
            surprise = negate(quotient(scope.truth(n, k), product(scope.samples(), share)))
            own = difference(Number(1.0 if k == i else 0.0), self._share(scope, at))
            return product(
                Marked("upstream", PARTIAL + symbol, surprise),
                Marked("local", derivative(symbol, scope.predicted(*at).symbol), product(share, own)),
            )

        law = "From its parts: ∂ℓ/∂ŷᵢ = Σₖ ∂ℓ/∂pₖ ∂pₖ/∂ŷᵢ, with p = softmax(ŷ)"
        own = exponentials[i] / exponentials.sum()

        def rest(start: int) -> float:
            same = Backend.arange(start, scope.outputs) == i
            return float((-truth[start:] * (same - own)).sum() / len(scope.trace.y))

        return Explained(law, scope.sum(scope.outputs, through, rest))

    def explain_truth_gradient(self, scope: LossScope, at: Index) -> Explained:
        surprise = difference(self._log_sum(scope, at[0]), self._shifted(scope, at))
        return Explained("∂ℓ/∂y = −log softmax(ŷ) / N", quotient(surprise, scope.samples()))

    def _surprise(self, scope: LossScope, n: int) -> Expression:
        """Σₖ yₖ (log Σⱼ e^(zⱼ − m) − (zₖ − m)) of one sample, with the sum of exponentials written once."""
        z, y = scope.trace.output[n], scope.trace.y[n]
        scored = scope.sum(
            scope.outputs,
            lambda k: product(scope.truth(n, k), self._shifted(scope, (n, k))),
            lambda k: y[k:] @ (z[k:] - z.max()),
        )
        return difference(product(self._weight(scope, n), self._log_sum(scope, n)), scored)

    def _rest(self, scope: LossScope) -> Callable[[int], float]:
        def rest(start: int) -> float:
            z, y = scope.trace.output[start:], scope.trace.y[start:]
            shifted = z - z.max(axis=1, keepdims=True)
            log_sums = Backend.log(Backend.exp(shifted).sum(axis=1, keepdims=True))
            return float((y * (log_sums - shifted)).sum())

        return rest

    def _share(self, scope: LossScope, at: Index) -> Expression:
        """softmax(ŷ) at one output."""
        return quotient(call("exp", self._shifted(scope, at)), self._sum(scope, at[0]))

    def _sum(self, scope: LossScope, n: int) -> Expression:
        exponentials = self._exponentials(scope, n)
        return scope.sum(
            scope.outputs, lambda k: call("exp", self._shifted(scope, (n, k))), lambda k: exponentials[k:].sum()
        )

    @staticmethod
    def _exponentials(scope: LossScope, n: int) -> Array:
        exponentials: Array = Backend.exp(scope.trace.output[n] - scope.trace.output[n].max())
        return exponentials

    def _log_sum(self, scope: LossScope, n: int) -> Expression:
        return call("log", self._sum(scope, n))

    def _weight(self, scope: LossScope, n: int) -> Expression:
        return scope.sum(scope.outputs, lambda k: scope.truth(n, k), lambda k: scope.trace.y[n, k:].sum())

    @staticmethod
    def _shifted(scope: LossScope, at: Index) -> Expression:
        """zₖ − m, with the largest standing for itself."""
        scores = scope.trace.output[at[0]]
        # What is no number leads nowhere, as in the pass itself.
        return difference(scope.predicted(*at), scope.predicted(at[0], int(scores.argmax())))


softmax_cross_entropy = SoftmaxCrossEntropy()
