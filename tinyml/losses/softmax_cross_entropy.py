"""Softmax and cross entropy in one step, as they should be."""

from __future__ import annotations

from math import log, prod
from typing import TYPE_CHECKING, Any

from tinyml import equations as eq
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
from tinyml.layers.ranges import UNIT, Range, logistic
from tinyml.layers.reasons import Explained, Index
from tinyml.layers.site import Shape
from tinyml.layers.work import Work
from tinyml.losses.probabilities import BEYOND, ROUNDED, ProbabilityLoss, faithful
from tinyml.losses.scores import Scores
from tinyml.losses.site import LossSite

if TYPE_CHECKING:
    from tinyml.explain.loss_scope import LossScope


# How far from one the shares of a sample may add up to.
SHARES = 1e-9


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

    def work(self, shape: Shape, batch: int) -> tuple[Work, ...]:
        """The value sums the surprise of each sample."""
        probabilities, _, gradient = super().work(shape, batch)
        return probabilities, self.value_work(batch), gradient

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

    def explain_value(self, scope: LossScope) -> Explained:
        p, y = scope.probabilities, scope.trace.y
        # Where the truth is 0 the term is 0 and takes no part: log 0 would make it no number.
        surprises = Backend.where(y == 0, 0.0, y * Backend.log(Backend.where(y == 0, 1.0, p)))
        if not faithful(-float(surprises.sum()) / len(y), scope.trace.loss.value):
            return Explained(ROUNDED + _STABLY, self._stable(scope))

        def of_sample(n: int) -> Expression:
            classes = Backend.flatnonzero(y[n]).tolist()
            return scope.sum(
                len(classes),
                lambda i: product(scope.truth(n, classes[i]), call("log", scope.probability(n, classes[i]))),
                lambda start: surprises[n][classes[start:]].sum(),
            )

        whole = scope.sum(len(y), of_sample, lambda start: surprises[start:].sum())
        law = "ℓ = −Σ y log p / N over the N samples, p = softmax(ŷ); terms with y = 0 are 0 and left out"
        return Explained(law, negate(quotient(whole, scope.samples())), gathered=whole)

    def explain_stably(self, scope: LossScope) -> Explained | None:
        plain = self.explain_value(scope)
        return None if plain.law.startswith(ROUNDED) else Explained(_STABLY, self._stable(scope))

    @staticmethod
    def _stable(scope: LossScope) -> Expression:
        def rest(start: int) -> float:
            z, y = scope.trace.output[start:], scope.trace.y[start:]
            shifted = z - z.max(axis=1, keepdims=True)
            log_sums = Backend.log(Backend.exp(shifted).sum(axis=1, keepdims=True))
            return float((y * (log_sums - shifted)).sum())

        surprises = scope.sum(len(scope.trace.y), lambda n: Scores(scope, n).surprise(), rest)
        return quotient(surprises, scope.samples())

    def explain_probability(self, scope: LossScope, at: Index) -> Explained:
        scores = Scores(scope, at[0])
        if not faithful(scores.plain_share(at[1]), float(scope.probabilities[at])):
            return Explained("p = e^(ŷ − m) / Σₖ e^(ŷₖ − m), m the largest ŷ: " + BEYOND, scores.share(at[1]))
        return Explained("p = softmax(ŷ): e^ŷ / Σₖ e^ŷₖ", scores.plain(at[1]))

    def explain_probability_stably(self, scope: LossScope, at: Index) -> Explained | None:
        scores = Scores(scope, at[0])
        if not faithful(scores.plain_share(at[1]), float(scope.probabilities[at])):
            return None
        law = "p = e^(ŷ − m) / Σₖ e^(ŷₖ − m), m the largest ŷ: the same shares, and no exponential is too large"
        return Explained(law, scores.share(at[1]))

    def explain_probability_gradient(self, scope: LossScope, at: Index) -> Explained:
        if scope.trace.y[at] == 0:
            return Explained("y = 0: this p takes no part in ℓ", Number(0.0))
        surprise = quotient(scope.truth(*at), product(scope.samples(), scope.probability(*at)))
        return Explained("∂ℓ/∂p = −y / (N p)", negate(surprise))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        n, p, y = at[0], scope.probability(*at), scope.truth(*at)
        # Shares of one may miss it by their rounding.
        if abs(scope.trace.y[n].sum() - 1) <= scope.outputs * Backend.finfo(float).eps:
            return Explained("∂ℓ/∂ŷ = (p − y) / N, p = softmax(ŷ)", quotient(difference(p, y), scope.samples()))
        error = difference(product(p, Scores(scope, n).weight()), y)
        return Explained("∂ℓ/∂ŷ = (p Σₖ yₖ − y) / N, p = softmax(ŷ)", quotient(error, scope.samples()))

    def explain_parts(self, scope: LossScope, at: Index) -> Explained:
        """Through the probabilities p = softmax(ŷ): Σₖ ∂ℓ/∂pₖ · ∂pₖ/∂ŷᵢ."""
        (n, i), p = at, scope.probabilities[at[0]]
        if not (p >= Backend.finfo(float).tiny).all():  # 1/pₖ has lost what the fused step keeps
            return super().explain_parts(scope, at)
        below = scope.predicted(*at).symbol

        def through(k: int) -> Expression:
            above, slope = scope.probability(n, k), difference(Number(1.0 if k == i else 0.0), scope.probability(*at))
            return product(
                Marked("upstream", PARTIAL + above.symbol, scope.probability_gradient(n, k)),
                Marked("local", derivative(above.symbol, below), product(above, slope)),
            )

        def rest(start: int) -> float:
            same = Backend.arange(start, scope.outputs) == i
            return float((scope.trace.y[n, start:] * (p[i] - same)).sum() / len(scope.trace.y))

        law = "From its parts: ∂ℓ/∂ŷᵢ = Σₖ ∂ℓ/∂pₖ ∂pₖ/∂ŷᵢ, with p = softmax(ŷ)"
        return Explained(law, scope.sum(scope.outputs, through, rest))

    def probability_equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.apply("softmax", scope.predicted, along=scope.labels[1:])

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        surprise = eq.times(scope.truth, eq.apply("log", scope.probabilities))
        return eq.negate(eq.times(eq.quotient(eq.Scalar("1", 1.0), scope.samples), eq.total(surprise, scope.labels)))

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        p, y = scope.probabilities, scope.truth
        # Only of targets that are shares of one is it the difference alone.
        shares = scope.trace.y.sum(axis=1)
        expected = p if (Backend.abs(shares - 1) < SHARES).all() else eq.times(p, eq.total(y, scope.labels[1:]))
        return eq.times(eq.quotient(eq.Scalar("1", 1.0), scope.samples), eq.subtract(expected, y))

    def explain_truth_gradient(self, scope: LossScope, at: Index) -> Explained:
        log, computed = call("log", scope.probability(*at)), float(scope.truth_gradient[at])
        if faithful(-log.value / len(scope.trace.y), computed):
            return Explained("∂ℓ/∂y = −log p / N, p = softmax(ŷ)", negate(quotient(log, scope.samples())))
        scores = Scores(scope, at[0])
        surprise = difference(scores.log_total(), scores.shifted(at[1]))
        return Explained(ROUNDED + "−log p = log Σₖ e^(ŷₖ − m) − (ŷ − m)", quotient(surprise, scope.samples()))


_STABLY = "ℓ = Σ y (log Σₖ e^(ŷₖ − m) − (ŷ − m)) / N, m the largest ŷ of the sample: −log p straight from the scores"

softmax_cross_entropy = SoftmaxCrossEntropy()
