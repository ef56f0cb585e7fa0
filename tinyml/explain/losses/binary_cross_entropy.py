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

_STABLY = Law("law.binary_cross_entropy.scores", formula="ℓ = Σ (max(ŷ, 0) − yŷ + log(1 + e^(−|ŷ|))) / N")
# With a weight c, each answer by itself: log(1 + e^ŷ) = max(ŷ, 0) + log(1 + e^(−|ŷ|)).
_STABLY_WEIGHTED = Law(
    "law.binary_cross_entropy.scores", formula="ℓ = Σ (c y log(1 + e^(−ŷ)) + (1 − y) log(1 + e^ŷ)) / N"
)


class BinaryCrossEntropyExplanation(ProbabilityLossExplanation[BinaryCrossEntropy]):
    """Formulas and equations of binary cross entropy."""

    explains = (BinaryCrossEntropy,)

    def explain_value(self, scope: LossScope) -> Explained:
        if scope.folding.general:
            return Explained(self._stable_law, self._stable(scope))
        p, y = scope.probabilities.reshape(-1), scope.trace.targets.reshape(-1)
        # 0 · log 0 would be NaN; a part with the factor 0 is omitted.
        yes = self.loss.of_yes(scope.trace.targets).reshape(-1)
        of_yes = Backend.where(y == 0, 0.0, yes * Backend.log(Backend.where(y == 0, 1.0, p)))
        surprises = of_yes + Backend.where(y == 1, 0.0, (1 - y) * Backend.log(Backend.where(y == 1, 1.0, 1 - p)))
        if not faithful(-float(surprises.sum()) / len(scope.trace.targets), scope.trace.loss.value):
            return Explained(from_scores(self._stable_law), self._stable(scope))
        whole = scope.over_entries(lambda at: self._surprise(scope, at), lambda start: surprises[start:].sum())
        law = Law(
            "law.binary_cross_entropy",
            formula=f"ℓ = −Σ ({self._letter}y log p + (1 − y) log(1 − p)) / N",
            count="N",
            definition="p = σ(ŷ)",
        )
        return Explained(law, negate(quotient(whole, scope.samples())), gathered=whole)

    @property
    def _letter(self) -> str:
        return "" if self.loss.pos_weight is None else "c "

    @property
    def _stable_law(self) -> Law:
        return _STABLY if self.loss.pos_weight is None else _STABLY_WEIGHTED

    def explain_stably(self, scope: LossScope) -> Explained | None:
        plain = self.explain_value(scope)
        return None if is_from_scores(plain.law) else Explained(self._stable_law, self._stable(scope))

    def _yes(self, scope: LossScope, at: Index) -> Expression:
        """Return y, or c y."""
        weights, y = self.loss.pos_weight, scope.truth(*at)
        return y if weights is None else product(Number(weights[at[1]], f"c_{at[1] + 1}"), y)

    def _surprise(self, scope: LossScope, at: Index) -> Expression:
        """Return y log p + (1 − y) log(1 − p), without the part that has the factor 0."""
        p, y, one = scope.probability(*at), scope.truth(*at), Number(1.0)
        of_yes = [product(self._yes(scope, at), call("log", p))] if y.value != 0 else []
        of_no = [product(difference(one, y), call("log", difference(one, p)))] if y.value != 1 else []
        return total(of_yes + of_no)

    def _stable(self, scope: LossScope) -> Expression:
        z, y = scope.trace.output.reshape(-1), scope.trace.targets.reshape(-1)
        yes = self.loss.of_yes(scope.trace.targets).reshape(-1)

        def rest(start: int) -> float:
            scores = z[start:]
            tails = Backend.log1p(Backend.exp(-Backend.abs(scores)))
            if self.loss.pos_weight is not None:
                of_no = Backend.maximum(scores, 0) + tails
                return float((yes[start:] * (Backend.maximum(-scores, 0) + tails) + (1 - y[start:]) * of_no).sum())
            return float((Backend.maximum(scores, 0) - y[start:] * scores + tails).sum())

        def surprise(at: Index) -> Expression:
            score, truth = scope.predicted(*at), scope.truth(*at)
            tail = call("log1p", call("exp", negate(call("abs", score))))
            if self.loss.pos_weight is not None:
                of_yes = total([call("max", negate(score), Number(0.0)), tail])
                of_no = total([call("max", score, Number(0.0)), tail])
                no = difference(Number(1.0), truth)
                return total([product(self._yes(scope, at), of_yes), product(no, of_no)])
            return total([difference(call("max", score, Number(0.0)), product(truth, score)), tail])

        return quotient(scope.over_entries(surprise, rest), scope.samples())

    def explain_probability(self, scope: LossScope, at: Index) -> Explained:
        return Explained(Law.equation("p = σ(ŷ) = 1 / (1 + e^(−ŷ))"), call("sigmoid", scope.predicted(*at)))

    def explain_probability_gradient(self, scope: LossScope, at: Index) -> Explained:
        p, y, one = scope.probability(*at), scope.truth(*at), Number(1.0)
        yes, no = quotient(self._yes(scope, at), p), quotient(difference(one, y), difference(one, p))
        parts = negate(yes) if y.value == 1 else no if y.value == 0 else difference(no, yes)
        law = Law.equation(f"∂ℓ/∂p = ((1 − y) / (1 − p) − {self._letter}y / p) / N")
        return Explained(law, quotient(parts, scope.samples()))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        if self.loss.pos_weight is not None:
            yes = self._yes(scope, at)
            both = total([difference(Number(1.0), scope.truth(*at)), yes])
            formula = "∂ℓ/∂ŷ = (p (1 − y + c y) − c y) / N"
            error = difference(product(scope.probability(*at), both), yes)
            return Explained(Law("law.with", formula=formula, definition="p = σ(ŷ)"), quotient(error, scope.samples()))
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
        surprise = eq.total(eq.add(eq.times(self._yes_matrix(scope), eq.apply("log", p)), no), scope.labels)
        return eq.negate(eq.times(eq.quotient(one, scope.samples), surprise))

    def _yes_matrix(self, scope: eq.LossTensors) -> eq.Node:
        """Y, or τ(Y) with τ(y) = c y."""
        return scope.truth if self.loss.pos_weight is None else eq.apply("τ", scope.truth)

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        one, yes = eq.Scalar("1", 1.0), self._yes_matrix(scope)
        share = eq.quotient(one, scope.samples)
        p: eq.Node = scope.probabilities
        if self.loss.pos_weight is not None:
            p = eq.times(p, eq.add(eq.subtract(one, scope.truth), yes))
        return eq.times(share, eq.subtract(p, yes))

    def explain_truth_gradient(self, scope: LossScope, at: Index) -> Explained:
        score = scope.predicted(*at)
        if self.loss.pos_weight is None:
            return Explained(Law.equation("∂ℓ/∂y = −ŷ / N"), negate(quotient(score, scope.samples())))
        tail = call("log1p", call("exp", negate(call("abs", score))))
        of_yes, of_no = (total([call("max", one, Number(0.0)), tail]) for one in (negate(score), score))
        weight = Number(self.loss.pos_weight[at[1]], f"c_{at[1] + 1}")
        return Explained(
            Law.equation("∂ℓ/∂y = (c log(1 + e^(−ŷ)) − log(1 + e^ŷ)) / N"),
            quotient(difference(product(weight, of_yes), of_no), scope.samples()),
        )
