"""The logistic function and cross entropy in one step, for outputs that are each a question of yes or no."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from tinyml import equations as eq
from tinyml.core import Array, Backend, Program
from tinyml.expression import (
    Expression,
    Marked,
    Number,
    call,
    derivative,
    difference,
    negate,
    product,
    quotient,
    total,
)
from tinyml.layers.ranges import UNIT, Range, logistic
from tinyml.layers.reasons import Explained, Index
from tinyml.layers.sigmoid import sigmoid
from tinyml.layers.softplus import softplus
from tinyml.losses.probabilities import ROUNDED, ProbabilityLoss, faithful
from tinyml.losses.site import LossSite

if TYPE_CHECKING:
    from tinyml.explain.loss_scope import LossScope


class BinaryCrossEntropy(ProbabilityLoss):
    """How surprised the chances σ(z) are by the truth, averaged over the N samples; z are the network's outputs.

    The network ends in the scores z, without a `Sigmoid` of its own, as it does without a `Softmax` before
    `softmax_cross_entropy`: σ is part of the loss, for only so is it right at scores of ±1000.

    Forward:   ℓ = −Σ (y log σ(z) + (1 − y) log(1 − σ(z))) / N = Σ (max(z, 0) − yz + log(1 + e^(−|z|))) / N.
    Backward:  ∂ℓ/∂z = (σ(z) − y) / N.
    Shapes:    z and y (batch, outputs); y from 0 to 1.
    Source:    PyTorch's `binary_cross_entropy_with_logits`, which for one output has this value by default.
    """

    type = "binary_cross_entropy"
    analytic = True
    squashes = "logistic"
    truths = UNIT
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

    def compared_range(self, predicted: Range, outputs: int) -> Range:
        return predicted.through(logistic)

    def size(self, at: LossSite, value: Any) -> Any:
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

    def explain_value(self, scope: LossScope) -> Explained:
        p, y = scope.probabilities.reshape(-1), scope.trace.y.reshape(-1)
        # 0 · log 0 would be no number; a part with the factor 0 is left out.
        of_yes = Backend.where(y == 0, 0.0, y * Backend.log(Backend.where(y == 0, 1.0, p)))
        surprises = of_yes + Backend.where(y == 1, 0.0, (1 - y) * Backend.log(Backend.where(y == 1, 1.0, 1 - p)))
        if not faithful(-float(surprises.sum()) / len(scope.trace.y), scope.trace.loss.value):
            return Explained(ROUNDED + _STABLY, self._stable(scope))
        whole = scope.over_entries(lambda at: self._surprise(scope, at), lambda start: surprises[start:].sum())
        return Explained(_PLAINLY, negate(quotient(whole, scope.samples())), gathered=whole)

    def explain_stably(self, scope: LossScope) -> Explained | None:
        plain = self.explain_value(scope)
        return None if plain.law.startswith(ROUNDED) else Explained(_STABLY, self._stable(scope))

    @staticmethod
    def _surprise(scope: LossScope, at: Index) -> Expression:
        """y log p + (1 − y) log(1 − p), without the part that has the factor 0."""
        p, y, one = scope.probability(*at), scope.truth(*at), Number(1.0)
        of_yes = [product(y, call("log", p))] if y.value != 0 else []
        of_no = [product(difference(one, y), call("log", difference(one, p)))] if y.value != 1 else []
        return total(of_yes + of_no)

    @staticmethod
    def _stable(scope: LossScope) -> Expression:
        z, y = scope.trace.output.reshape(-1), scope.trace.y.reshape(-1)

        def rest(start: int) -> float:
            scores = z[start:]
            tails = Backend.log1p(Backend.exp(-Backend.abs(scores)))
            return float((Backend.maximum(scores, 0) - y[start:] * scores + tails).sum())

        def surprise(at: Index) -> Expression:
            score, truth = scope.predicted(*at), scope.truth(*at)
            tail = call("log1p", call("exp", negate(call("abs", score))))
            return total([difference(call("max", score, Number(0.0)), product(truth, score)), tail])

        return quotient(scope.over_entries(surprise, rest), scope.samples())

    def explain_probability(self, scope: LossScope, at: Index) -> Explained:
        return Explained("p = σ(ŷ) = 1 / (1 + e^(−ŷ))", call("sigmoid", scope.predicted(*at)))

    def explain_probability_gradient(self, scope: LossScope, at: Index) -> Explained:
        p, y, one = scope.probability(*at), scope.truth(*at), Number(1.0)
        yes, no = quotient(y, p), quotient(difference(one, y), difference(one, p))
        parts = negate(yes) if y.value == 1 else no if y.value == 0 else difference(no, yes)
        return Explained("∂ℓ/∂p = ((1 − y) / (1 − p) − y / p) / N", quotient(parts, scope.samples()))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        error = difference(scope.probability(*at), scope.truth(*at))
        return Explained("∂ℓ/∂ŷ = (p − y) / N, p = σ(ŷ)", quotient(error, scope.samples()))

    def explain_parts(self, scope: LossScope, at: Index) -> Explained:
        """Through the probability p = σ(ŷ), whose slope is p (1 − p)."""
        p, upstream = scope.probability(*at), scope.probability_gradient(*at)
        slope = product(p, difference(Number(1.0), p))
        # p has been rounded to 0 or 1, and its slope to 0: the parts have lost what the fused step keeps.
        if slope.value == 0 or not isfinite(upstream.value):
            return super().explain_parts(scope, at)
        return Explained(
            "From its parts: ∂ℓ/∂ŷ = ∂ℓ/∂p · σ′(ŷ), with p = σ(ŷ)",
            product(
                Marked("upstream", upstream.symbol, upstream),
                Marked("local", derivative(p.symbol, scope.predicted(*at).symbol), slope),
            ),
        )

    def probability_equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.apply("σ", scope.predicted)

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        p, y, one = scope.probabilities, scope.truth, eq.Scalar("1", 1.0)
        no = eq.times(eq.subtract(one, y), eq.apply("log", eq.subtract(one, p)))
        surprise = eq.total(eq.add(eq.times(y, eq.apply("log", p)), no), scope.labels)
        return eq.negate(eq.times(eq.quotient(one, scope.samples), surprise))

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        share = eq.quotient(eq.Scalar("1", 1.0), scope.samples)
        return eq.times(share, eq.subtract(scope.probabilities, scope.truth))

    def explain_truth_gradient(self, scope: LossScope, at: Index) -> Explained:
        score = quotient(scope.predicted(*at), scope.samples())
        return Explained("∂ℓ/∂y = −ŷ / N", negate(score))


_PLAINLY = "ℓ = −Σ (y log p + (1 − y) log(1 − p)) / N over the N samples, p = σ(ŷ); parts that are 0 are left out"
_STABLY = "ℓ = Σ (max(ŷ, 0) − yŷ + log(1 + e^(−|ŷ|))) / N: the same from the scores, where no logarithm meets 0"

binary_cross_entropy = BinaryCrossEntropy()
