"""Softmax cross entropy: its formulas and equations, with p = softmax(ŷ) if they give the number of the fused step."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.core import Backend, Index
from tinyml.explain.losses.base import ProbabilityLossExplanation
from tinyml.explain.losses.rounding import faithful, from_scores, is_from_scores
from tinyml.explain.losses.scope import LossScope
from tinyml.explain.losses.scores import Scores
from tinyml.expression import (
    PARTIAL,
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
)
from tinyml.losses.softmax_cross_entropy import SoftmaxCrossEntropy

# How far from 1 the sum of a sample's probabilities may be.
SHARES = 1e-9
_STABLY = Law(
    "law.cross_entropy.scores",
    formula="ℓ = Σ y (log Σₖ e^(ŷₖ − m) − (ŷ − m)) / N",
    largest="m",
    score="ŷ",
    surprise="−log p",
)
_SHARE = "p = e^(ŷ − m) / Σₖ e^(ŷₖ − m)"


class SoftmaxCrossEntropyExplanation(ProbabilityLossExplanation[SoftmaxCrossEntropy]):
    """Formulas and equations of softmax cross entropy."""

    explains = (SoftmaxCrossEntropy,)

    def explain_value(self, scope: LossScope) -> Explained:
        p, y = scope.probabilities, scope.trace.targets
        # If the target is 0, the term is 0 and omitted: log 0 would make it NaN.
        surprises = Backend.where(y == 0, 0.0, y * Backend.log(Backend.where(y == 0, 1.0, p)))
        if not faithful(-float(surprises.sum()) / len(y), scope.trace.loss.value):
            return Explained(from_scores(_STABLY), self._stable(scope))

        def of_sample(n: int) -> Expression:
            classes = Backend.flatnonzero(y[n]).tolist()
            return scope.sum(
                len(classes),
                lambda i: product(scope.truth(n, classes[i]), call("log", scope.probability(n, classes[i]))),
                lambda start: surprises[n][classes[start:]].sum(),
            )

        whole = scope.sum(len(y), of_sample, lambda start: surprises[start:].sum())
        law = Law(
            "law.cross_entropy", formula="ℓ = −Σ y log p / N", count="N", definition="p = softmax(ŷ)", condition="y = 0"
        )
        return Explained(law, negate(quotient(whole, scope.samples())), gathered=whole)

    def explain_stably(self, scope: LossScope) -> Explained | None:
        plain = self.explain_value(scope)
        return None if is_from_scores(plain.law) else Explained(_STABLY, self._stable(scope))

    @staticmethod
    def _stable(scope: LossScope) -> Expression:
        def rest(start: int) -> float:
            z, y = scope.trace.output[start:], scope.trace.targets[start:]
            shifted = z - z.max(axis=1, keepdims=True)
            log_sums = Backend.log(Backend.exp(shifted).sum(axis=1, keepdims=True))
            return float((y * (log_sums - shifted)).sum())

        surprises = scope.sum(len(scope.trace.targets), lambda n: Scores(scope, n).surprise(), rest)
        return quotient(surprises, scope.samples())

    def explain_probability(self, scope: LossScope, at: Index) -> Explained:
        scores = Scores(scope, at[0])
        if not faithful(scores.plain_share(at[1]), float(scope.probabilities[at])):
            return Explained(
                Law("law.share.beyond", formula=_SHARE, largest="m", score="ŷ", power="e^ŷ"), scores.share(at[1])
            )
        return Explained(Law.equation("p = softmax(ŷ) = e^ŷ / Σₖ e^ŷₖ"), scores.plain(at[1]))

    def explain_probability_stably(self, scope: LossScope, at: Index) -> Explained | None:
        scores = Scores(scope, at[0])
        if not faithful(scores.plain_share(at[1]), float(scope.probabilities[at])):
            return None
        law = Law("law.share", formula=_SHARE, largest="m", score="ŷ")
        return Explained(law, scores.share(at[1]))

    def explain_probability_gradient(self, scope: LossScope, at: Index) -> Explained:
        if scope.trace.targets[at] == 0:
            return Explained(Law("law.no_part", condition="y = 0", probability="p", loss="ℓ"), Number(0.0))
        surprise = quotient(scope.truth(*at), product(scope.samples(), scope.probability(*at)))
        return Explained(Law.equation("∂ℓ/∂p = −y / (N p)"), negate(surprise))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        n, p, y = at[0], scope.probability(*at), scope.truth(*at)
        # Probabilities may sum to 1 only up to rounding.
        if abs(scope.trace.targets[n].sum() - 1) <= scope.outputs * Backend.finfo(float).eps:
            return Explained(
                Law("law.with", formula="∂ℓ/∂ŷ = (p − y) / N", definition="p = softmax(ŷ)"),
                quotient(difference(p, y), scope.samples()),
            )
        error = difference(product(p, Scores(scope, n).weight()), y)
        return Explained(
            Law("law.with", formula="∂ℓ/∂ŷ = (p Σₖ yₖ − y) / N", definition="p = softmax(ŷ)"),
            quotient(error, scope.samples()),
        )

    def explain_parts(self, scope: LossScope, at: Index) -> Explained:
        """Through the probabilities p = softmax(ŷ): Σₖ ∂ℓ/∂pₖ · ∂pₖ/∂ŷᵢ."""
        (n, i), p = at, scope.probabilities[at[0]]
        if not (p >= Backend.finfo(float).tiny).all():  # 1/pₖ lacks the precision of the fused step
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
            return float((scope.trace.targets[n, start:] * (p[i] - same)).sum() / len(scope.trace.targets))

        law = Law("law.from_parts", formula="∂ℓ/∂ŷᵢ = Σₖ ∂ℓ/∂pₖ ∂pₖ/∂ŷᵢ", definition="p = softmax(ŷ)")
        return Explained(law, scope.sum(scope.outputs, through, rest))

    def probability_equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.apply("softmax", scope.predicted, along=scope.labels[1:])

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        surprise = eq.times(scope.truth, eq.apply("log", scope.probabilities))
        return eq.negate(eq.times(eq.quotient(eq.Scalar("1", 1.0), scope.samples), eq.total(surprise, scope.labels)))

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        p, y = scope.probabilities, scope.truth
        # The gradient is only the difference if the targets sum to 1.
        shares = scope.trace.targets.sum(axis=1)
        expected = p if (Backend.abs(shares - 1) < SHARES).all() else eq.times(p, eq.total(y, scope.labels[1:]))
        return eq.times(eq.quotient(eq.Scalar("1", 1.0), scope.samples), eq.subtract(expected, y))

    def explain_truth_gradient(self, scope: LossScope, at: Index) -> Explained:
        log, computed = call("log", scope.probability(*at)), float(scope.truth_gradient[at])
        if faithful(-log.value / len(scope.trace.targets), computed):
            return Explained(
                Law("law.with", formula="∂ℓ/∂y = −log p / N", definition="p = softmax(ŷ)"),
                negate(quotient(log, scope.samples())),
            )
        scores = Scores(scope, at[0])
        surprise = difference(scores.log_total(), scores.shifted(at[1]))
        return Explained(
            from_scores(Law.equation("−log p = log Σₖ e^(ŷₖ − m) − (ŷ − m)")), quotient(surprise, scope.samples())
        )
