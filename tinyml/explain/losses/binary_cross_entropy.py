"""Binary cross entropy: its formulas and equations, with p = σ(ŷ) wherever they give the number of the fused step."""

from __future__ import annotations

from math import isfinite

from tinyml import equations as eq
from tinyml.core import Backend, Index
from tinyml.explain.losses.base import ProbabilityLossExplanation
from tinyml.explain.losses.rounding import faithful, from_scores, is_from_scores
from tinyml.explain.losses.scope import LossScope
from tinyml.expression import (
    Explained,
    Expression,
    Law,
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
from tinyml.losses.binary_cross_entropy import BinaryCrossEntropy

_PLAINLY = Law(
    "law.binary_cross_entropy",
    formula="ℓ = −Σ (y log p + (1 − y) log(1 − p)) / N",
    count="N",
    definition="p = σ(ŷ)",
)
_STABLY = Law("law.binary_cross_entropy.scores", formula="ℓ = Σ (max(ŷ, 0) − yŷ + log(1 + e^(−|ŷ|))) / N")


class BinaryCrossEntropyExplanation(ProbabilityLossExplanation[BinaryCrossEntropy]):
    """Formulas and equations of binary cross entropy."""

    explains = (BinaryCrossEntropy,)

    def explain_value(self, scope: LossScope) -> Explained:
        p, y = scope.probabilities.reshape(-1), scope.trace.targets.reshape(-1)
        # 0 · log 0 would be NaN; a part with the factor 0 is omitted.
        of_yes = Backend.where(y == 0, 0.0, y * Backend.log(Backend.where(y == 0, 1.0, p)))
        surprises = of_yes + Backend.where(y == 1, 0.0, (1 - y) * Backend.log(Backend.where(y == 1, 1.0, 1 - p)))
        if not faithful(-float(surprises.sum()) / len(scope.trace.targets), scope.trace.loss.value):
            return Explained(from_scores(_STABLY), self._stable(scope))
        whole = scope.over_entries(lambda at: self._surprise(scope, at), lambda start: surprises[start:].sum())
        return Explained(_PLAINLY, negate(quotient(whole, scope.samples())), gathered=whole)

    def explain_stably(self, scope: LossScope) -> Explained | None:
        plain = self.explain_value(scope)
        return None if is_from_scores(plain.law) else Explained(_STABLY, self._stable(scope))

    @staticmethod
    def _surprise(scope: LossScope, at: Index) -> Expression:
        """Return y log p + (1 − y) log(1 − p), without the part that has the factor 0."""
        p, y, one = scope.probability(*at), scope.truth(*at), Number(1.0)
        of_yes = [product(y, call("log", p))] if y.value != 0 else []
        of_no = [product(difference(one, y), call("log", difference(one, p)))] if y.value != 1 else []
        return total(of_yes + of_no)

    @staticmethod
    def _stable(scope: LossScope) -> Expression:
        z, y = scope.trace.output.reshape(-1), scope.trace.targets.reshape(-1)

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
        return Explained(Law.equation("p = σ(ŷ) = 1 / (1 + e^(−ŷ))"), call("sigmoid", scope.predicted(*at)))

    def explain_probability_gradient(self, scope: LossScope, at: Index) -> Explained:
        p, y, one = scope.probability(*at), scope.truth(*at), Number(1.0)
        yes, no = quotient(y, p), quotient(difference(one, y), difference(one, p))
        parts = negate(yes) if y.value == 1 else no if y.value == 0 else difference(no, yes)
        return Explained(Law.equation("∂ℓ/∂p = ((1 − y) / (1 − p) − y / p) / N"), quotient(parts, scope.samples()))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        error = difference(scope.probability(*at), scope.truth(*at))
        return Explained(
            Law("law.with", formula="∂ℓ/∂ŷ = (p − y) / N", definition="p = σ(ŷ)"), quotient(error, scope.samples())
        )

    def explain_parts(self, scope: LossScope, at: Index) -> Explained:
        """Through the probability p = σ(ŷ), whose slope is p (1 − p)."""
        p, upstream = scope.probability(*at), scope.probability_gradient(*at)
        slope = product(p, difference(Number(1.0), p))
        # p is rounded to 0 or 1, and its slope to 0: the parts lack the precision of the fused step.
        if slope.value == 0 or not isfinite(upstream.value):
            return super().explain_parts(scope, at)
        return Explained(
            Law("law.from_parts", formula="∂ℓ/∂ŷ = ∂ℓ/∂p · σ′(ŷ)", definition="p = σ(ŷ)"),
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
        return Explained(Law.equation("∂ℓ/∂y = −ŷ / N"), negate(score))
